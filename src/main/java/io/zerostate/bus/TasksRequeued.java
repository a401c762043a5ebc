package io.zerostate.bus;

import java.util.List;

/**
 * Answers {@link LoseTasks}.
 *
 * @param entries the tasks that wait for a worker now: those that were lost, and those that were leased but never claimed; the others
 *     have ended, or run on another node
 */
public record TasksRequeued(List<QueueEntry> entries) implements BusMessage {
    public TasksRequeued {
        entries = List.copyOf(entries);
    }
}
