package io.zerostate.push;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What a stream hears before it can tell it. Bounded: of too much the oldest is dropped, which is noticed by the numbers of what comes
 * later, and made up for.
 */
final class EventsToCome {
    private final PushLimits limits;
    private final Deque<Kept> kept = new ArrayDeque<>();
    private long bytes;

    private record Kept(int bytes, Runnable telling) {}

    EventsToCome(PushLimits limits) {
        this.limits = limits;
    }

    void keep(Runnable telling) {
        keep(0, telling);
    }

    /** @param size bytes of output in it */
    void keep(int size, Runnable telling) {
        kept.add(new Kept(size, telling));
        bytes += size;
        while (kept.size() > limits.pendingEvents() || bytes > limits.unreadBytes()) {
            bytes -= kept.remove().bytes();
        }
    }

    /** Tells all of it, in order. What has to wait on is kept by whoever is told. */
    void happen() {
        List<Kept> now = new ArrayList<>(kept);
        kept.clear();
        bytes = 0;
        now.forEach(event -> event.telling().run());
    }
}
