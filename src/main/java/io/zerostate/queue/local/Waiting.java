package io.zerostate.queue.local;

import io.zerostate.bus.QueueEntry;
import java.time.Instant;
import java.util.Comparator;

/**
 * A task in line, ready or delayed.
 *
 * @param sequence order of arrival, which decides among equals
 */
record Waiting(QueueEntry entry, long sequence) {
    /** Who is next among those that are due. */
    static final Comparator<Waiting> NEXT = Comparator.<Waiting>comparingInt(waiting -> waiting.entry().rank())
            .thenComparing(Waiting::runAt)
            .thenComparingLong(Waiting::sequence);

    /** Who falls due first among those that are not. */
    static final Comparator<Waiting> DUE =
            Comparator.<Waiting, Instant>comparing(Waiting::runAt).thenComparingLong(Waiting::sequence);

    Instant runAt() {
        return entry.runAt();
    }

    boolean isDue(Instant now) {
        return !entry.runAt().isAfter(now);
    }
}
