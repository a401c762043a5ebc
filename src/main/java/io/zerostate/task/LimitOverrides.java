package io.zerostate.task;

import org.jspecify.annotations.Nullable;

/**
 * Limits that an agent or a task asks for; null where it asks for nothing. Units as in {@link Limits}.
 */
public record LimitOverrides(
        @Nullable Long timeoutMs,
        @Nullable Long memoryBytes,
        @Nullable Long stdoutBytes,
        @Nullable Long stderrBytes,
        @Nullable Long inputBytes,
        @Nullable Long hostCalls,
        @Nullable Long fileBytes) {
    public static final LimitOverrides NONE = new LimitOverrides(null, null, null, null);

    /** Asks for nothing that came later. */
    public LimitOverrides(
            @Nullable Long timeoutMs,
            @Nullable Long memoryBytes,
            @Nullable Long stdoutBytes,
            @Nullable Long stderrBytes) {
        this(timeoutMs, memoryBytes, stdoutBytes, stderrBytes, null, null, null);
    }

    /**
     * These wishes over {@code base}.
     *
     * @throws RefusedException {@link ErrorCode#LIMIT_EXCEEDED}, naming the field and the limit, when a wish is above {@code maximum}
     *     or below 1
     */
    public Limits over(Limits base, Limits maximum) {
        return new Limits(
                choose("timeout_ms", timeoutMs, base.timeoutMs(), maximum.timeoutMs()),
                choose("memory_bytes", memoryBytes, base.memoryBytes(), maximum.memoryBytes()),
                choose("stdout_bytes", stdoutBytes, base.stdoutBytes(), maximum.stdoutBytes()),
                choose("stderr_bytes", stderrBytes, base.stderrBytes(), maximum.stderrBytes()),
                choose("input_bytes", inputBytes, base.inputBytes(), maximum.inputBytes()),
                choose("host_calls", hostCalls, base.hostCalls(), maximum.hostCalls()),
                choose("file_bytes", fileBytes, base.fileBytes(), maximum.fileBytes()));
    }

    private static long choose(String field, @Nullable Long wish, long base, long maximum) {
        if (wish == null) {
            return base;
        }
        if (wish < 1 || wish > maximum) {
            throw new RefusedException(
                    ErrorCode.LIMIT_EXCEEDED, field + " is " + wish + " but must be between 1 and " + maximum);
        }
        return wish;
    }
}
