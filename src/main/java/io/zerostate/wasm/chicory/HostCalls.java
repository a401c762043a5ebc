package io.zerostate.wasm.chicory;

import com.dylibso.chicory.runtime.WasmFunctionHandle;

/**
 * The functions of preview 1 for one run. There are no files and no sockets: no descriptor leads to a directory, so everything
 * about paths fails as the specification has it for that, and nothing of the host can be reached.
 */
final class HostCalls {
    private final Streams streams;
    private final Surroundings surroundings;
    private final Poll poll;

    HostCalls(Streams streams, Surroundings surroundings, Poll poll) {
        this.streams = streams;
        this.surroundings = surroundings;
        this.poll = poll;
    }

    /** A function that returns an errno. */
    @FunctionalInterface
    private interface Call {
        int apply(long[] args);
    }

    /**
     * What stands behind an import.
     *
     * @param name a function of preview 1
     */
    WasmFunctionHandle handle(String name) {
        if (name.equals("proc_exit")) {
            return (instance, args) -> {
                throw new ProgramExit((int) args[0]);
            };
        }
        Call call = call(name);
        return (instance, args) -> new long[] {call.apply(args)};
    }

    private Call call(String name) {
        return switch (name) {
            case "fd_write" -> a -> streams.write((int) a[0], (int) a[1], (int) a[2], (int) a[3]);
            case "fd_read" -> a -> streams.read((int) a[0], (int) a[1], (int) a[2], (int) a[3]);
            case "fd_close" -> a -> streams.close((int) a[0]);
            case "fd_renumber" -> a -> streams.renumber((int) a[0], (int) a[1]);
            case "fd_fdstat_get" -> a -> streams.fdstat((int) a[0], (int) a[1]);
            case "fd_filestat_get" -> a -> streams.filestat((int) a[0], (int) a[1]);
            case "args_get" -> a -> surroundings.args((int) a[0], (int) a[1]);
            case "args_sizes_get" -> a -> surroundings.argsSizes((int) a[0], (int) a[1]);
            case "environ_get" -> a -> surroundings.environ((int) a[0], (int) a[1]);
            case "environ_sizes_get" -> a -> surroundings.environSizes((int) a[0], (int) a[1]);
            case "clock_res_get" -> a -> surroundings.clockResolution((int) a[0], (int) a[1]);
            case "clock_time_get" -> a -> surroundings.clockTime((int) a[0], (int) a[2]);
            case "random_get" -> a -> surroundings.random((int) a[0], (int) a[1]);
            case "poll_oneoff" -> a -> poll.oneoff((int) a[0], (int) a[1], (int) a[2], (int) a[3]);
            case "sched_yield" -> a -> Errno.SUCCESS;
            // Blocking or not makes no difference to streams that are always ready.
            case "fd_fdstat_set_flags" -> a -> streams.refuse((int) a[0], Errno.SUCCESS);
            case "fd_seek", "fd_tell", "fd_advise", "fd_allocate", "fd_pread", "fd_pwrite" ->
                a -> streams.refuse((int) a[0], Errno.SPIPE);
            case "fd_sync", "fd_datasync", "fd_filestat_set_size", "fd_filestat_set_times" ->
                a -> streams.refuse((int) a[0], Errno.INVAL);
            case "fd_readdir",
                    "path_create_directory",
                    "path_filestat_get",
                    "path_filestat_set_times",
                    "path_link",
                    "path_open",
                    "path_readlink",
                    "path_remove_directory",
                    "path_rename",
                    "path_unlink_file" ->
                a -> streams.refuse((int) a[0], Errno.NOTDIR);
            // The only path function whose directory is not its first argument.
            case "path_symlink" -> a -> streams.refuse((int) a[2], Errno.NOTDIR);
            // Not even 0 to 2 were opened before the program started in the sense of preview 1.
            case "fd_prestat_get", "fd_prestat_dir_name" -> a -> Errno.BADF;
            case "sock_accept", "sock_recv", "sock_send", "sock_shutdown" ->
                a -> streams.refuse((int) a[0], Errno.NOTSOCK);
            case "fd_fdstat_set_rights", "proc_raise" -> a -> Errno.NOTSUP;
            default -> throw new IllegalStateException("preview 1 has " + name + ", which the gate let through");
        };
    }
}
