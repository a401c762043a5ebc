package io.zerostate.bus;

import io.zerostate.task.Priority;
import io.zerostate.task.TaskState;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@link CountTasks}.
 *
 * @param byState waiting and running tasks; ended ones are not counted, there may be millions
 * @param waitingByPriority queued and retrying tasks
 * @param oldestDueAt since when the task that has waited longest could have run; null when none is due
 */
public record TasksCounted(
        Map<TaskState, Long> byState, Map<Priority, Long> waitingByPriority, @Nullable Instant oldestDueAt)
        implements BusMessage {
    public TasksCounted {
        byState = Map.copyOf(byState);
        waitingByPriority = Map.copyOf(waitingByPriority);
    }
}
