package io.zerostate.bus;

import java.util.List;

/**
 * Answers {@link FindWaiting}: entries by ascending id, fewer than the limit on the last page.
 */
public record WaitingFound(List<QueueEntry> entries) implements BusMessage {
    public WaitingFound {
        entries = List.copyOf(entries);
    }
}
