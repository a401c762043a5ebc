package io.zerostate.http;

import io.vertx.core.Future;
import io.zerostate.agent.Agent;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.AgentFound;
import io.zerostate.bus.Bus;
import io.zerostate.bus.FindAgent;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.RefusedException;
import io.zerostate.task.Tenant;
import java.util.UUID;
import java.util.regex.Pattern;

/** Finds agents by what clients call them: id or name. */
final class AgentLookup {

    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final Bus bus;

    AgentLookup(Bus bus) {
        this.bus = bus;
    }

    /** Finds an agent, by its id also when it was deleted; fails with {@code AGENT_NOT_FOUND}. */
    Future<Agent> find(String idOrName) {
        if (!Agent.NAME.matcher(idOrName).matches()) {
            return Future.failedFuture(Problem.agentNotFound(idOrName).exception());
        }
        return bus.request(Addresses.AGENT_FIND, new FindAgent(Tenant.DEFAULT_ID, idOrName)).map(AgentFound::agent);
    }

    /** Finds an agent that takes new tasks; fails with {@code AGENT_NOT_FOUND} or {@code AGENT_DELETED}. */
    Future<Agent> findActive(String idOrName) {
        return find(idOrName).map(agent -> {
            if (agent.deletedAt() != null) {
                throw new RefusedException(
                        ErrorCode.AGENT_DELETED, "The agent " + agent.name() + " was deleted and takes no new tasks.");
            }
            return agent;
        });
    }

    /** The id of an agent for a filter: an id is taken as it is, a name is looked up. */
    Future<UUID> findId(String idOrName) {
        return UUID_FORM.matcher(idOrName).matches()
                ? Future.succeededFuture(UUID.fromString(idOrName))
                : find(idOrName).map(Agent::id);
    }
}
