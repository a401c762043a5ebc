package io.zerostate.bus;

import io.zerostate.task.RunReport;
import io.zerostate.task.Settlement;
import java.util.UUID;

/**
 * Store how an attempt ended. A compare-and-set on (task, attempt, running): answered by {@link AttemptFinished}.
 *
 * @param settlement what becomes of the task
 */
public record FinishAttempt(UUID taskId, int attempt, RunReport report, Settlement settlement) implements BusMessage {}
