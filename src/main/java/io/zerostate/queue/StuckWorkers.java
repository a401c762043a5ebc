package io.zerostate.queue;

import java.util.HashMap;
import java.util.Map;

/**
 * Workers whose run did not end when its time was over. They are given nothing, and what their runs may use of the node's memory stays
 * set aside, until they come to themselves. Confined to the verticle's context.
 */
final class StuckWorkers {
    private final MemoryBudget memory;
    private final Map<Integer, Long> bytesBySlot = new HashMap<>();

    StuckWorkers(MemoryBudget memory) {
        this.memory = memory;
    }

    /** @param bytes what its run may take, beyond the end of the attempt */
    void add(Worker worker, long bytes) {
        memory.hold(bytes);
        Long before = bytesBySlot.put(worker.slot(), bytes);
        if (before != null) {
            memory.free(before);
        }
    }

    /** The worker announced itself: what it ran is over. */
    void recovered(Worker worker) {
        Long bytes = bytesBySlot.remove(worker.slot());
        if (bytes != null) {
            memory.free(bytes);
        }
    }

    int count() {
        return bytesBySlot.size();
    }
}
