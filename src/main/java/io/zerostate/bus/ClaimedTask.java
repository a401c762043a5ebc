package io.zerostate.bus;

import io.zerostate.task.TaskSpec;
import java.util.UUID;

/**
 * A task that PostgreSQL gave to this node to run.
 *
 * @param attempt the fencing token: only a finish that carries it is accepted
 * @param retries retries used before this attempt
 * @param crashes attempts lost before this one; above 0 the task runs alone on its node
 * @param queueMs milliseconds between the time it was due and the claim
 */
public record ClaimedTask(
        UUID taskId, long tenantId, TaskSpec spec, int attempt, int retries, int crashes, long queueMs) {
    /** Attempts before this one that counted neither as a retry nor as a crash. */
    public int postponed() {
        return attempt - 1 - retries - crashes;
    }
}
