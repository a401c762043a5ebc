package io.zerostate.registry;

import io.vertx.core.Future;
import io.zerostate.agent.Agent;
import io.zerostate.agent.AgentVersion;
import io.zerostate.agent.Manifest;
import io.zerostate.bus.ListAgents;
import io.zerostate.bus.PatchAgent;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Agents and their versions. Each method that changes something is one atomic step, durable when its future completes. Times are of the
 * store's clock.
 *
 * <p>Safe from any thread. Answers on the caller's context. Fails with {@link io.zerostate.task.RefusedException}: {@code UNAVAILABLE}
 * when the store cannot be reached, or the reasons that a method lists.
 */
public interface AgentStore {
    /**
     * Stores a new agent with its version 1. Refuses with {@code AGENT_EXISTS} when an agent of this name that was not deleted is there.
     */
    Future<Agent> register(NewAgent agent);

    /**
     * Makes {@code version} the agent's current one, with the next number.
     *
     * @param manifest null to keep what the agent says of itself
     * @return the agent; refuses with {@code AGENT_NOT_FOUND} or {@code AGENT_DELETED}
     */
    Future<Agent> addVersion(long tenantId, UUID agentId, NewVersion version, @Nullable Manifest manifest);

    /** An agent by its id, also a deleted one, or by its name; refuses with {@code AGENT_NOT_FOUND}. */
    Future<Agent> find(long tenantId, String idOrName);

    /** Agents that were not deleted, by descending id. */
    Future<List<Agent>> list(ListAgents query);

    /** Refuses with {@code AGENT_NOT_FOUND}, {@code AGENT_DELETED} or {@code AGENT_EXISTS}. */
    Future<Agent> patch(PatchAgent patch);

    /** Marks an agent as deleted; again changes nothing. Refuses with {@code AGENT_NOT_FOUND}. */
    Future<Agent> delete(long tenantId, UUID agentId);

    /** An agent's versions by descending number; refuses with {@code AGENT_NOT_FOUND}. */
    Future<List<AgentVersion>> versions(long tenantId, UUID agentId);

    /** True when a version of any agent, also of a deleted one, has this binary. */
    Future<Boolean> isReferenced(String sha256);
}
