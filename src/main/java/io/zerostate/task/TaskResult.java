package io.zerostate.task;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a task left behind. Written once, together with the terminal state, and never changed. Every ended task has exactly one.
 *
 * @param attempt the attempt that ended the task; 0 when it was cancelled before any ran
 * @param exitCode null when the program did not get to exit
 * @param durationMs wall-clock milliseconds of that attempt
 * @param queueMs milliseconds from the time that attempt was due to its start
 * @param memoryPeakBytes largest size of linear memory
 * @param failure null when the task completed
 */
public record TaskResult(
        UUID taskId,
        UUID agentId,
        int attempt,
        @Nullable Integer exitCode,
        CapturedOutput stdout,
        CapturedOutput stderr,
        long durationMs,
        long queueMs,
        long memoryPeakBytes,
        @Nullable Failure failure,
        Instant createdAt) {}
