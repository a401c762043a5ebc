package io.zerostate.bus;

import java.util.List;
import java.util.UUID;

/**
 * Answers {@link ClaimTasks}. An id that is in none of the lists has nothing to run.
 *
 * @param tasks what this node runs now, in the order in which they were asked for
 * @param waiting those that still wait and have to go back in line: not due yet by PostgreSQL's clock, which is not quite the
 *     queue's, or touched by another statement at that moment
 * @param unfit those that still wait and are due, but for which there was not enough memory, in the order in which they were asked for
 */
public record TasksClaimed(List<ClaimedTask> tasks, List<QueueEntry> waiting, List<Unfit> unfit) implements BusMessage {
    public TasksClaimed {
        tasks = List.copyOf(tasks);
        waiting = List.copyOf(waiting);
        unfit = List.copyOf(unfit);
    }

    /**
     * A task that was not claimed for want of memory.
     *
     * @param memoryBytes what it needs, which may be less than what was free: a task before it may have been the one that did not fit
     */
    public record Unfit(UUID taskId, long memoryBytes) {}
}
