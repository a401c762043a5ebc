package io.zerostate.bus;

import java.util.List;
import java.util.UUID;

/**
 * The leases of these tasks ended without a finish: count a crash and put them back in line, or end those that have crashed too
 * often. Answered by {@link TasksRequeued}. Safe to send twice.
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
     */
    public record LostLease(UUID taskId, String node) {}
}
