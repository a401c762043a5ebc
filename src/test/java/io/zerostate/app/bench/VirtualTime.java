package io.zerostate.app.bench;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** Time that passes when nothing is left to do at present. */
final class VirtualTime implements Time {
    private final Queue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private long now;
    private long order;

    private record Event(long at, long order, Runnable action) {}

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public void at(long nanos, Runnable action) {
        events.add(new Event(Math.max(now, nanos), order++, action));
    }

    /** Lets time pass until nothing is to come. */
    void pass() {
        for (Event next = events.poll(); next != null; next = events.poll()) {
            now = next.at();
            next.action().run();
        }
    }
}
