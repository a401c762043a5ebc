package io.zerostate.task;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a task gives to the program.
 *
 * @param args after {@code argv[0]}
 * @param env the task's own variables; the runtime adds {@code ZEROSTATE_TASK_ID} and {@code ZEROSTATE_ATTEMPT}
 * @param files what the program finds below its root, by path as {@link FileSet} has them; null when it has no directory at all
 */
public record Input(Bytes stdin, List<String> args, Map<String, String> env, @Nullable Map<String, Bytes> files) {
    /** Largest stdin in bytes. */
    public static final int MAX_STDIN_BYTES = 1024 * 1024;
    /** Largest sum of args and env in UTF-8 bytes. */
    public static final int MAX_ARGS_AND_ENV_BYTES = 64 * 1024;

    public Input {
        args = List.copyOf(args);
        env = Map.copyOf(env);
        files = files == null ? null : Map.copyOf(files);
    }

    /** Without files. */
    public Input(Bytes stdin, List<String> args, Map<String, String> env) {
        this(stdin, args, env, null);
    }
}
