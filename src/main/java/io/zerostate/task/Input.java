package io.zerostate.task;

import java.util.List;
import java.util.Map;

/**
 * What a task gives to the program.
 *
 * @param args after {@code argv[0]}
 * @param env the task's own variables; the runtime adds {@code ZEROSTATE_TASK_ID} and {@code ZEROSTATE_ATTEMPT}
 */
public record Input(Bytes stdin, List<String> args, Map<String, String> env) {
    /** Largest stdin in bytes. */
    public static final int MAX_STDIN_BYTES = 1024 * 1024;
    /** Largest sum of args and env in UTF-8 bytes. */
    public static final int MAX_ARGS_AND_ENV_BYTES = 64 * 1024;

    public Input {
        args = List.copyOf(args);
        env = Map.copyOf(env);
    }
}
