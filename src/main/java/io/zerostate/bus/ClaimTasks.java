package io.zerostate.bus;

import java.util.List;
import java.util.UUID;

/**
 * Take these leased tasks for execution: each that is still due becomes running, with a new attempt. Answered by
 * {@link TasksClaimed}; an id that is missing there has nothing to run and is dropped from the queue. Fails with
 * {@code UNAVAILABLE} when it is not known whether anything was claimed: what was, comes back when its lease ends.
 *
 * @param node who runs them
 */
public record ClaimTasks(String node, List<UUID> taskIds) implements BusMessage {
    public ClaimTasks {
        taskIds = List.copyOf(taskIds);
    }
}
