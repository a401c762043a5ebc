package io.zerostate.bus;

import java.util.List;

/**
 * Answers {@link LoseTasks}.
 *
 * @param entries the tasks that are back in line; the others have ended or were not lost
 */
public record TasksRequeued(List<QueueEntry> entries) implements BusMessage {
    public TasksRequeued {
        entries = List.copyOf(entries);
    }
}
