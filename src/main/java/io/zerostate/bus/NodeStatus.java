package io.zerostate.bus;

import java.time.Instant;

/**
 * How a node is doing. Published by every executor once a second.
 *
 * @param node its name
 * @param slots workers it has
 * @param busy workers that run a task
 * @param queued tasks that its queue holds ready or delayed; in a cluster every node reports the same shared queue
 * @param stopping true once it takes no more work
 */
public record NodeStatus(String node, int slots, int busy, long queued, boolean stopping, Instant at) implements BusMessage {}
