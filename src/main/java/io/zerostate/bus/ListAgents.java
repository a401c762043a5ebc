package io.zerostate.bus;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of agents that were not deleted, newest first. Answered by {@link AgentPage}.
 *
 * @param query null, or a text that name or description contains, whatever the case
 * @param capability null, or one that the agent has
 * @param before only agents with an id below this one, or null to start
 * @param limit most agents to answer, 1 to 200
 */
public record ListAgents(
        long tenantId, @Nullable String query, @Nullable String capability, @Nullable UUID before, int limit)
        implements BusMessage {}
