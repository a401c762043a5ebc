package io.zerostate.task;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a task stands. The transition table below is the only one; every store update is conditional on it. */
public enum TaskState {
    /** Accepted, waiting for a worker (or for its {@code run_at}). */
    QUEUED,
    /** One attempt is executing under a lease. */
    RUNNING,
    /** An attempt failed; the next one waits for its delay and holds no worker. */
    RETRYING,
    /** Ended: an attempt exited with code 0. */
    COMPLETED,
    /** Ended: out of retries, or the failure is not retryable. */
    FAILED,
    /** Ended: somebody cancelled it before an attempt succeeded. */
    CANCELLED;

    /** The states that may follow this one; empty for a terminal state. */
    public Set<TaskState> successors() {
        return switch (this) {
            case QUEUED, RETRYING -> EnumSet.of(RUNNING, CANCELLED);
            // Back to QUEUED when the node that ran it was lost or handed it back.
            case RUNNING -> EnumSet.of(COMPLETED, FAILED, RETRYING, QUEUED, CANCELLED);
            case COMPLETED, FAILED, CANCELLED -> EnumSet.noneOf(TaskState.class);
        };
    }

    /** True when {@code next} is among the successors. */
    public boolean canBecome(TaskState next) {
        return successors().contains(next);
    }

    /** True when the task has ended: nothing follows. */
    public boolean isTerminal() {
        return successors().isEmpty();
    }

    /** True while the task stands in line: no worker holds it. */
    public boolean isWaiting() {
        return this == QUEUED || this == RETRYING;
    }

    /** Coarse progress in percent, for people: 0 waiting, 50 running, 100 ended. */
    public int progress() {
        return switch (this) {
            case QUEUED, RETRYING -> 0;
            case RUNNING -> 50;
            case COMPLETED, FAILED, CANCELLED -> 100;
        };
    }

    /**
     * What this state means, in one line for people: the {@code message} of a task, of its status and of its events.
     *
     * @param attempt the attempt that led to this state; 0 before the first
     * @param failure of that attempt, where it failed
     */
    public String message(int attempt, @Nullable Failure failure) {
        String reason = failure == null ? "" : ": " + failure.message();
        return switch (this) {
            case QUEUED -> attempt == 0 ? "Waiting for a worker" : "Back in line after attempt " + attempt + reason;
            case RUNNING -> "Attempt " + attempt + " is running";
            case RETRYING -> "Waiting to try again after attempt " + attempt + reason;
            case COMPLETED -> "Completed";
            case FAILED -> "Failed" + reason;
            case CANCELLED -> "Cancelled";
        };
    }

    /** The lower-case name used in JSON, SQL and metric tags. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The state with this wire name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static TaskState ofWireName(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
