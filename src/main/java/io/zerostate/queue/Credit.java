package io.zerostate.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The idle workers of this node: permission to lease that many tasks. A task is never leased for a busy worker, so it never waits
 * beside an idle one.
 */
final class Credit {
    private final Map<Integer, Worker> known = new HashMap<>();
    private final Deque<Worker> idle = new ArrayDeque<>();

    /** A worker that is new, or that was started anew. */
    void announce(Worker worker) {
        known.put(worker.slot(), worker);
        giveBack(worker);
    }

    /** Takes up to {@code most} idle workers; the one that worked last comes first, because its caches are warm. */
    List<Worker> take(int most) {
        List<Worker> taken = new ArrayList<>(Math.min(most, idle.size()));
        while (taken.size() < most && !idle.isEmpty()) {
            taken.add(idle.pop());
        }
        return taken;
    }

    /** The worker has nothing to do (any more). */
    void giveBack(Worker worker) {
        if (worker.equals(known.get(worker.slot())) && !idle.contains(worker)) {
            idle.push(worker);
        }
    }

    /** The worker does not answer: nothing is sent to it until it announces itself again. */
    void remove(Worker worker) {
        known.remove(worker.slot(), worker);
        idle.remove(worker);
    }

    int idle() {
        return idle.size();
    }

    int slots() {
        return known.size();
    }
}
