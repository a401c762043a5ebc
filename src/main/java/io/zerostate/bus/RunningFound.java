package io.zerostate.bus;

import java.util.List;
import java.util.UUID;

/**
 * Answers {@link FindRunning} and {@link FindAttempts}, by ascending id, fewer than the limit on the last page.
 */
public record RunningFound(List<RunningTask> tasks) implements BusMessage {
    public RunningFound {
        tasks = List.copyOf(tasks);
    }

    /**
     * @param node who claimed the current attempt
     */
    public record RunningTask(UUID taskId, int attempt, String node) {}
}
