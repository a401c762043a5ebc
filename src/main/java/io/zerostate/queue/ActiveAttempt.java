package io.zerostate.queue;

import io.zerostate.bus.ClaimedTask;
import io.zerostate.bus.QueueEntry;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.spi.LoggingEventBuilder;

/** A task that this node has leased, from the lease to its release. Confined to the verticle's context. */
final class ActiveAttempt {
    /** How far it has come. */
    enum Phase {
        /** Leased; PostgreSQL was asked for it. */
        LEASED,
        /** Claimed; waits for the next free worker. */
        STANDBY,
        /** Claimed; waits for this node to be empty, because it has crashed a node before. */
        HELD,
        /** On a worker. */
        RUNNING,
        /** Over, one way or another; PostgreSQL is told. */
        ENDED
    }

    private final QueueEntry entry;
    private Phase phase = Phase.LEASED;
    private @Nullable ClaimedTask task;
    private boolean leaseLost;
    private boolean stoppedForShutdown;

    ActiveAttempt(QueueEntry entry) {
        this.entry = entry;
    }

    QueueEntry entry() {
        return entry;
    }

    UUID taskId() {
        return entry.taskId();
    }

    Phase phase() {
        return phase;
    }

    /** For {@link ActiveAttempts}, which counts phases. */
    void enter(Phase next) {
        phase = next;
    }

    void claimed(ClaimedTask claimed) {
        task = claimed;
    }

    /** What was claimed; not to be asked while {@link Phase#LEASED}. */
    ClaimedTask task() {
        return Objects.requireNonNull(task, "the task was not claimed yet");
    }

    /** The fencing token; 0 before the claim. */
    int number() {
        return task == null ? 0 : task.attempt();
    }

    /** True once another may hold the task: whatever this attempt still produces counts only if it is still the current one. */
    boolean isLeaseLost() {
        return leaseLost;
    }

    void loseLease() {
        leaseLost = true;
    }

    /** True once the run was told to stop because its node does. */
    boolean isStoppedForShutdown() {
        return stoppedForShutdown;
    }

    void stopForShutdown() {
        stoppedForShutdown = true;
    }

    /** Adds who this is about to a log line. */
    LoggingEventBuilder in(LoggingEventBuilder line) {
        return line.addKeyValue("task_id", taskId()).addKeyValue("attempt", number());
    }
}
