package io.zerostate.bus;

import java.util.List;

/**
 * Put these waiting tasks in line. A hint: PostgreSQL has them already, and the reconciler finds those whose hint was lost.
 */
public record OfferTasks(List<QueueEntry> entries) implements BusMessage {
    public OfferTasks {
        entries = List.copyOf(entries);
    }
}
