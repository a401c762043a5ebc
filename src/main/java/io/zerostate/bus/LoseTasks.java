package io.zerostate.bus;

import java.util.List;
import java.util.UUID;

/**
 * The leases of these tasks ended without a finish: count a crash and put them back in line, or end those that have crashed too
 * often. Answered by {@link TasksRequeued}. Safe to send twice, and harmless when it arrives late: it names the attempts that it is about.
 *
 * @param leases whose attempts are lost
 */
public record LoseTasks(List<LostLease> leases) implements BusMessage {
    public LoseTasks {
        leases = List.copyOf(leases);
    }

    /**
     * One expired lease.
     *
     * @param node who held it; a running attempt of another node is left alone
     * @param attempt that ran under it, and no other one is lost; 0 when none did, or when nobody has asked yet: queues do not know
     */
    public record LostLease(UUID taskId, String node, int attempt) {
        /** As a queue knows it. */
        public LostLease(UUID taskId, String node) {
            this(taskId, node, 0);
        }
    }
}
