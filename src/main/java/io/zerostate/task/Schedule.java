package io.zerostate.task;

import java.time.Instant;

/**
 * When a task may run.
 *
 * @param runAt not before this. In a submission any time that has passed, such as {@link #AT_ONCE}, means at once; a stored task
 *     has the time from which it could run, by the clock of the store
 */
public record Schedule(Priority priority, Instant runAt) {
    /**
     * For a task that need not wait. Unlike the submitting node's own time it is in the past by every clock, so a node whose clock
     * is ahead does not delay its tasks.
     */
    public static final Instant AT_ONCE = Instant.EPOCH;
}
