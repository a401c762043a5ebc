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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Finds agents by what clients call them: id or name. Submissions come by the thousand and agents change seldom, so what a
 * submission needs is kept for a moment, until a change of any agent is heard of. Event loop only.
 */
final class AgentLookup {

    /** Should news of a change be lost, a deleted agent takes tasks for no longer than this. */
    private static final Duration KEPT = Duration.ofSeconds(1);

    private static final int MOST_KEPT = 1_000;

    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final Bus bus;
    private final InstantSource clock;
    private final Map<String, Kept> kept = new HashMap<>();

    private record Kept(Future<Agent> agent, Instant until) {}

    AgentLookup(Bus bus, InstantSource clock) {
        this.bus = bus;
        this.clock = clock;
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
        return recent(idOrName).map(agent -> {
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

    /** Forgets what is kept, because an agent has changed. To be called before the client hears that its change was made. */
    void forget() {
        kept.clear();
    }

    private Future<Agent> recent(String idOrName) {
        Instant now = clock.instant();
        Kept known = kept.get(idOrName);
        if (known != null && now.isBefore(known.until())) {
            return known.agent();
        }
        if (kept.size() >= MOST_KEPT) {
            kept.clear();
        }
        // Kept from the question on: whoever asks meanwhile shares the answer, and a change that comes between drops it.
        Kept asked = new Kept(find(idOrName), now.plus(KEPT));
        kept.put(idOrName, asked);
        asked.agent().onFailure(failure -> kept.remove(idOrName, asked));
        return asked.agent();
    }
}
