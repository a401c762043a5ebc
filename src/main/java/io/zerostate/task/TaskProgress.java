package io.zerostate.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The part of a task that changes.
 *
 * @param attempt attempts begun so far, and the fencing token of the current one; only grows
 * @param retries attempts that the retry policy granted so far
 * @param crashes attempts that were lost with their node so far
 * @param seq number of the last state change in the task's event stream, without gaps: acceptance is 1, the n-th attempt starts
 *     as 2n and ends as 2n + 1, a cancel while waiting is one more than what came before
 * @param cancelRequested a running attempt was asked to stop
 * @param nextRunAt when the next attempt may start, while waiting
 * @param startedAt start of the last attempt
 * @param failure of the last attempt, until the next one starts
 */
public record TaskProgress(
        TaskState state,
        int attempt,
        int retries,
        int crashes,
        int seq,
        boolean cancelRequested,
        Instant nextRunAt,
        @Nullable Instant startedAt,
        Instant updatedAt,
        @Nullable Instant finishedAt,
        @Nullable Failure failure) {}
