package io.zerostate.wasm;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The functions of WASI preview 1 and their signatures, from
 * <a href="https://github.com/WebAssembly/WASI/blob/v0.2.1/legacy/preview1/docs.md">its specification</a>.
 */
public final class Preview1 {
    /** The one module that programs may import from. */
    public static final String MODULE = "wasi_snapshot_preview1";

    // Parameters and results, i for i32 and l for i64. All but proc_exit return an errno.
    private static final Map<String, String> SIGNATURES = Map.ofEntries(
            Map.entry("args_get", "ii:i"),
            Map.entry("args_sizes_get", "ii:i"),
            Map.entry("environ_get", "ii:i"),
            Map.entry("environ_sizes_get", "ii:i"),
            Map.entry("clock_res_get", "ii:i"),
            Map.entry("clock_time_get", "ili:i"),
            Map.entry("fd_advise", "illi:i"),
            Map.entry("fd_allocate", "ill:i"),
            Map.entry("fd_close", "i:i"),
            Map.entry("fd_datasync", "i:i"),
            Map.entry("fd_fdstat_get", "ii:i"),
            Map.entry("fd_fdstat_set_flags", "ii:i"),
            Map.entry("fd_fdstat_set_rights", "ill:i"),
            Map.entry("fd_filestat_get", "ii:i"),
            Map.entry("fd_filestat_set_size", "il:i"),
            Map.entry("fd_filestat_set_times", "illi:i"),
            Map.entry("fd_pread", "iiili:i"),
            Map.entry("fd_prestat_get", "ii:i"),
            Map.entry("fd_prestat_dir_name", "iii:i"),
            Map.entry("fd_pwrite", "iiili:i"),
            Map.entry("fd_read", "iiii:i"),
            Map.entry("fd_readdir", "iiili:i"),
            Map.entry("fd_renumber", "ii:i"),
            Map.entry("fd_seek", "ilii:i"),
            Map.entry("fd_sync", "i:i"),
            Map.entry("fd_tell", "ii:i"),
            Map.entry("fd_write", "iiii:i"),
            Map.entry("path_create_directory", "iii:i"),
            Map.entry("path_filestat_get", "iiiii:i"),
            Map.entry("path_filestat_set_times", "iiiilli:i"),
            Map.entry("path_link", "iiiiiii:i"),
            Map.entry("path_open", "iiiiillii:i"),
            Map.entry("path_readlink", "iiiiii:i"),
            Map.entry("path_remove_directory", "iii:i"),
            Map.entry("path_rename", "iiiiii:i"),
            Map.entry("path_symlink", "iiiii:i"),
            Map.entry("path_unlink_file", "iii:i"),
            Map.entry("poll_oneoff", "iiii:i"),
            Map.entry("proc_exit", "i:"),
            Map.entry("proc_raise", "i:i"),
            Map.entry("sched_yield", ":i"),
            Map.entry("random_get", "ii:i"),
            Map.entry("sock_accept", "iii:i"),
            Map.entry("sock_recv", "iiiiii:i"),
            Map.entry("sock_send", "iiiii:i"),
            Map.entry("sock_shutdown", "ii:i"));

    private Preview1() {}

    /** The signature of a function as {@code ili:i}, with {@code i} for i32 and {@code l} for i64; null when there is none. */
    public static @Nullable String signature(String function) {
        return SIGNATURES.get(function);
    }

    /** Every function of preview 1 with its signature. */
    public static Map<String, String> signatures() {
        return SIGNATURES;
    }
}
