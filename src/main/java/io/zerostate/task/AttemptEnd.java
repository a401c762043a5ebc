package io.zerostate.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended.
 *
 * @param next the state that the task took with it
 * @param failure null when the program exited with 0, or when the attempt was handed back
 * @param exitCode null when the program did not get to exit
 */
public record AttemptEnd(
        Instant at, TaskState next, @Nullable Failure failure, @Nullable Integer exitCode, long durationMs) {}
