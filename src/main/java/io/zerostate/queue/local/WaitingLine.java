package io.zerostate.queue.local;

import io.zerostate.bus.QueueEntry;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tasks in line, in order. Every call takes logarithmic time. Not safe for threads: its queue locks. */
final class WaitingLine {
    private final Map<UUID, Waiting> byId = new HashMap<>();
    private final TreeSet<Waiting> ready = new TreeSet<>(Waiting.NEXT);
    private final TreeSet<Waiting> delayed = new TreeSet<>(Waiting.DUE);
    private long sequence;

    /** Takes a place in line; whoever stands there already keeps their turn unless rank or time are new. */
    void put(QueueEntry entry, Instant now) {
        Waiting before = byId.get(entry.taskId());
        if (before != null && before.entry().equals(entry)) {
            return;
        }
        remove(entry.taskId());
        Waiting waiting = new Waiting(entry, sequence++);
        byId.put(entry.taskId(), waiting);
        (waiting.isDue(now) ? ready : delayed).add(waiting);
    }

    void remove(UUID taskId) {
        Waiting waiting = byId.remove(taskId);
        if (waiting != null && !ready.remove(waiting)) {
            delayed.remove(waiting);
        }
    }

    /** Takes who is next out of line; null when nobody is due. */
    @Nullable QueueEntry poll(Instant now) {
        promote(now);
        Waiting next = ready.pollFirst();
        if (next == null) {
            return null;
        }
        byId.remove(next.entry().taskId());
        return next.entry();
    }

    boolean contains(UUID taskId) {
        return byId.containsKey(taskId);
    }

    /** When somebody is next: not after {@code now} when somebody is ready, null when nobody is in line. */
    @Nullable Instant nextDue() {
        if (!ready.isEmpty()) {
            return Instant.MIN;
        }
        return delayed.isEmpty() ? null : delayed.first().runAt();
    }

    int size() {
        return byId.size();
    }

    private void promote(Instant now) {
        while (!delayed.isEmpty() && delayed.first().isDue(now)) {
            ready.add(delayed.pollFirst());
        }
    }
}
