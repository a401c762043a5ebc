package io.zerostate.wasm.chicory;

import com.dylibso.chicory.runtime.WasmFunctionHandle;

/**
 * The functions of preview 1 for one run. There are no sockets, and no files but those that the run was given: without them no descriptor
 * leads to a directory, and everything about paths fails as the specification has it for that. Nothing of the host can be reached.
 */
final class HostCalls {
    private final Streams streams;
    private final FileCalls files;
    private final PathCalls paths;
    private final Surroundings surroundings;
    private final Poll poll;

    HostCalls(Streams streams, FileCalls files, PathCalls paths, Surroundings surroundings, Poll poll) {
        this.streams = streams;
        this.files = files;
        this.paths = paths;
        this.surroundings = surroundings;
        this.poll = poll;
    }

    /** A function that returns an errno. */
    @FunctionalInterface
    private interface Call {
        int apply(long[] args) throws ErrnoException;
    }

    /** How often a program may still call. */
    static final class Budget {
        private final long limit;
        private long left;

        Budget(long limit) {
            this.limit = limit;
            this.left = limit;
        }

        private void spend() {
            if (--left < 0) {
                throw new HostCallLimitException(limit);
            }
        }
    }

    /**
     * What stands behind an import.
     *
     * @param name a function of preview 1
     * @param budget one for all the imports of a run
     */
    WasmFunctionHandle handle(String name, Budget budget) {
        if (name.equals("proc_exit")) {
            return (instance, args) -> {
                throw new ProgramExit((int) args[0]);
            };
        }
        Call call = call(name);
        return (instance, args) -> {
            budget.spend();
            return new long[] {answer(call, args)};
        };
    }

    private static int answer(Call call, long[] args) {
        try {
            return call.apply(args);
        } catch (ErrnoException failed) {
            return failed.errno();
        }
    }

    private Call call(String name) {
        return switch (name) {
            case "fd_write" -> a -> streams.write((int) a[0], (int) a[1], (int) a[2], (int) a[3]);
            case "fd_read" -> a -> streams.read((int) a[0], (int) a[1], (int) a[2], (int) a[3]);
            case "fd_pwrite" -> a -> streams.writeAt((int) a[0], (int) a[1], (int) a[2], a[3], (int) a[4]);
            case "fd_pread" -> a -> streams.readAt((int) a[0], (int) a[1], (int) a[2], a[3], (int) a[4]);
            case "args_get" -> a -> surroundings.args((int) a[0], (int) a[1]);
            case "args_sizes_get" -> a -> surroundings.argsSizes((int) a[0], (int) a[1]);
            case "environ_get" -> a -> surroundings.environ((int) a[0], (int) a[1]);
            case "environ_sizes_get" -> a -> surroundings.environSizes((int) a[0], (int) a[1]);
            case "clock_res_get" -> a -> surroundings.clockResolution((int) a[0], (int) a[1]);
            case "clock_time_get" -> a -> surroundings.clockTime((int) a[0], (int) a[2]);
            case "random_get" -> a -> surroundings.random((int) a[0], (int) a[1]);
            case "poll_oneoff" -> a -> poll.oneoff((int) a[0], (int) a[1], (int) a[2], (int) a[3]);
            case "sched_yield" -> a -> Errno.SUCCESS;
            case "proc_raise" -> a -> Errno.NOTSUP;
            case "sock_accept", "sock_recv", "sock_send", "sock_shutdown" ->
                a -> files.refuse((int) a[0], Errno.NOTSOCK);
            default -> name.startsWith("path_") ? pathCall(name) : fileCall(name);
        };
    }

    private Call fileCall(String name) {
        return switch (name) {
            case "fd_close" -> a -> files.close((int) a[0]);
            case "fd_renumber" -> a -> files.renumber((int) a[0], (int) a[1]);
            case "fd_fdstat_get" -> a -> files.fdstat((int) a[0], (int) a[1]);
            case "fd_fdstat_set_flags" -> a -> files.setFlags((int) a[0], (int) a[1]);
            // Gone from the specification after this version, and never of use: rights can only be given up.
            case "fd_fdstat_set_rights" -> a -> files.refuse((int) a[0], Errno.NOTSUP);
            case "fd_filestat_get" -> a -> files.filestat((int) a[0], (int) a[1]);
            case "fd_filestat_set_size" -> a -> files.setSize((int) a[0], a[1]);
            case "fd_filestat_set_times" -> a -> files.setTimes((int) a[0], a[1], a[2], (int) a[3]);
            case "fd_allocate" -> a -> files.allocate((int) a[0], a[1], a[2]);
            case "fd_advise" -> a -> files.advise((int) a[0], (int) a[3]);
            case "fd_sync", "fd_datasync" -> a -> files.sync((int) a[0]);
            case "fd_seek" -> a -> files.seek((int) a[0], a[1], (int) a[2], (int) a[3]);
            case "fd_tell" -> a -> files.tell((int) a[0], (int) a[1]);
            case "fd_prestat_get" -> a -> files.prestat((int) a[0], (int) a[1]);
            case "fd_prestat_dir_name" -> a -> files.prestatName((int) a[0], (int) a[1], (int) a[2]);
            case "fd_readdir" -> a -> files.readDirectory((int) a[0], (int) a[1], (int) a[2], a[3], (int) a[4]);
            default -> throw unknown(name);
        };
    }

    private Call pathCall(String name) {
        return switch (name) {
            case "path_open" -> paths::open;
            case "path_create_directory" -> a -> paths.createDirectory((int) a[0], (int) a[1], (int) a[2]);
            case "path_remove_directory" -> a -> paths.removeDirectory((int) a[0], (int) a[1], (int) a[2]);
            case "path_unlink_file" -> a -> paths.unlinkFile((int) a[0], (int) a[1], (int) a[2]);
            case "path_filestat_get" -> a -> paths.filestat((int) a[0], (int) a[2], (int) a[3], (int) a[4]);
            case "path_filestat_set_times" ->
                a -> paths.setTimes((int) a[0], (int) a[2], (int) a[3], new long[] {a[4], a[5]}, (int) a[6]);
            case "path_rename" ->
                a -> paths.rename(
                        new int[] {(int) a[0], (int) a[1], (int) a[2]}, new int[] {(int) a[3], (int) a[4], (int) a[5]});
            case "path_readlink" -> a -> paths.readLink((int) a[0], (int) a[1], (int) a[2]);
            case "path_link" -> a -> paths.refuseLink((int) a[0]);
            // The only path function whose directory is not its first argument.
            case "path_symlink" -> a -> paths.refuseLink((int) a[2]);
            default -> throw unknown(name);
        };
    }

    private static IllegalStateException unknown(String name) {
        return new IllegalStateException("preview 1 has " + name + ", which the gate let through");
    }
}
