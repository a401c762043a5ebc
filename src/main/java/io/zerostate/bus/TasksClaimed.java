package io.zerostate.bus;

import java.util.List;

/**
 * Answers {@link ClaimTasks}. An id that is in neither list has nothing to run.
 *
 * @param tasks what this node runs now, in the order in which they were asked for
 * @param waiting those that still wait and have to go back in line: not due yet by PostgreSQL's clock, which is not quite the
 *     queue's, or touched by another statement at that moment
 */
public record TasksClaimed(List<ClaimedTask> tasks, List<QueueEntry> waiting) implements BusMessage {
    public TasksClaimed {
        tasks = List.copyOf(tasks);
        waiting = List.copyOf(waiting);
    }
}
