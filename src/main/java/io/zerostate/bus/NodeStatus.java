package io.zerostate.bus;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a node is doing. Published by every node once a second.
 *
 * @param node its name
 * @param slots workers it has; none where no tasks run
 * @param busy workers that run a task
 * @param queued tasks that its queue holds ready or delayed; in a cluster every node reports the same shared queue
 * @param stopping true once it takes no more work
 * @param renewedAt when it last renewed its leases, by its own clock; null where it does not say
 */
public record NodeStatus(
        String node, int slots, int busy, long queued, boolean stopping, Instant at, @Nullable Instant renewedAt)
        implements BusMessage {}
