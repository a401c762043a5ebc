package io.zerostate.bus;

import io.zerostate.task.TaskState;
import java.time.Instant;

/**
 * Answers {@link FinishAttempt} and {@link HandBackTask}.
 *
 * @param accepted false when the attempt was no longer the task's current one: the report was stale and was thrown away
 * @param state what the task is in now; where a cancel came first, it won
 * @param nextRunAt when the next attempt is due, while the task waits
 */
public record AttemptFinished(boolean accepted, TaskState state, Instant nextRunAt) implements BusMessage {}
