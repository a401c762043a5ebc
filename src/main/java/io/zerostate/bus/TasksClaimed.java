package io.zerostate.bus;

import java.util.List;

/**
 * Answers {@link ClaimTasks}.
 */
public record TasksClaimed(List<ClaimedTask> tasks) implements BusMessage {
    public TasksClaimed {
        tasks = List.copyOf(tasks);
    }
}
