package io.zerostate.result;

import io.zerostate.bus.QueueEntry;
import java.util.List;

/**
 * What became of lost leases.
 *
 * @param changes tasks that were lost, now back in line or ended
 * @param waiting tasks that were not running at all: leased, but never claimed
 */
public record LoseAnswer(List<TaskChange> changes, List<QueueEntry> waiting) {
    public LoseAnswer {
        changes = List.copyOf(changes);
        waiting = List.copyOf(waiting);
    }
}
