package io.zerostate.bus;

import java.util.List;
import java.util.UUID;

/**
 * Take these leased tasks for execution: each that is still due becomes running, with a new attempt, as long as their memory limits
 * together stay within {@code freeBytes}, in the order in which they are asked for. Answered by {@link TasksClaimed}; an id that is
 * missing there has nothing to run and is dropped from the queue. Fails with {@code UNAVAILABLE} when it is not known whether anything
 * was claimed: what was, comes back when its lease ends.
 *
 * @param node who runs them
 * @param freeBytes memory that the node has left for them; the first task that does not fit ends the claim, so that none that comes
 *     after it takes what it waits for
 * @param wholeBytes memory that the node has for tasks when it is empty: one that needs more is passed over
 */
public record ClaimTasks(String node, List<UUID> taskIds, long freeBytes, long wholeBytes) implements BusMessage {
    /** More than any node has. */
    static final long UNBOUNDED = Long.MAX_VALUE;

    public ClaimTasks {
        taskIds = List.copyOf(taskIds);
    }

    /** For all of them, whatever they need. */
    public ClaimTasks(String node, List<UUID> taskIds) {
        this(node, taskIds, UNBOUNDED, UNBOUNDED);
    }
}
