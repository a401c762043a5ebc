package io.zerostate.bus;

import java.time.Instant;
import java.util.UUID;

/**
 * An agent was registered, changed or deleted. Published to every node.
 *
 * @param sha256 of its current version's module; empty when a node of an earlier build tells this
 * @param deleted true when it takes no new tasks any more
 */
public record AgentChanged(
        UUID agentId, long tenantId, String name, int version, String sha256, boolean deleted, Instant at)
        implements BusMessage {}
