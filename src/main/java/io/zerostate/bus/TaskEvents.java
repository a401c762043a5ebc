package io.zerostate.bus;

import java.util.List;

/**
 * What happened to tasks, in order per task. Published to every node, in batches.
 */
public record TaskEvents(List<TaskEvent> events) implements BusMessage {
    public TaskEvents {
        events = List.copyOf(events);
    }
}
