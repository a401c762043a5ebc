package io.zerostate.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.zerostate.agent.Agent;
import io.zerostate.agent.AgentVersion;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.AgentFound;
import io.zerostate.bus.AgentVersions;
import io.zerostate.bus.Bus;
import io.zerostate.bus.DeleteAgent;
import io.zerostate.bus.ListAgentVersions;
import io.zerostate.bus.ListAgents;
import io.zerostate.bus.PatchAgent;
import io.zerostate.task.LimitOverrides;
import io.zerostate.task.Tenant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Looking at agents, changing and deleting them. */
final class AgentRoutes {

    private final Bus bus;
    private final AgentLookup agents;

    AgentRoutes(Bus bus, AgentLookup agents) {
        this.bus = bus;
        this.agents = agents;
    }

    void bind(Operations operations) {
        operations.on("listAgents", this::list);
        operations.on("getAgent", this::show);
        operations.on("updateAgent", this::update);
        operations.on("deleteAgent", this::delete);
        operations.on("listAgentVersions", this::versions);
    }

    private void list(RoutingContext context) {
        ValidRequest request = ValidRequest.of(context);
        int limit = request.integer("limit", TaskRoutes.DEFAULT_PAGE);
        UUID before = Cursor.decode(request.string("cursor"));
        ListAgents question =
                new ListAgents(Tenant.DEFAULT_ID, request.string("q"), request.string("capability"), before, limit);
        bus.request(Addresses.AGENT_LIST, question)
                .map(page -> PageJson.page(page.agents(), AgentJson::agent, Cursor.after(page.agents(), limit, Agent::id)))
                .onComplete(body -> Answer.json(context, 200, body), context::fail);
    }

    private void show(RoutingContext context) {
        found(context).onComplete(agent -> Answer.json(context, 200, AgentJson.agent(agent)), context::fail);
    }

    private void update(RoutingContext context) {
        JsonObject patch = ValidRequest.of(context).object();
        found(context)
                .compose(agent -> bus.request(Addresses.AGENT_PATCH, patch(agent.id(), patch)))
                .map(AgentFound::agent)
                .onSuccess(changed -> agents.forget())
                .onComplete(agent -> Answer.json(context, 200, AgentJson.agent(agent)), context::fail);
    }

    private void delete(RoutingContext context) {
        active(context)
                .compose(agent -> bus.request(Addresses.AGENT_DELETE, new DeleteAgent(Tenant.DEFAULT_ID, agent.id())))
                .onSuccess(gone -> agents.forget())
                .onComplete(gone -> context.response().setStatusCode(204).end(), context::fail);
    }

    private void versions(RoutingContext context) {
        ValidRequest request = ValidRequest.of(context);
        int limit = request.integer("limit", TaskRoutes.DEFAULT_PAGE);
        int below = VersionCursor.decode(request.string("cursor"));
        found(context)
                .compose(agent -> bus.request(
                                Addresses.AGENT_VERSIONS, new ListAgentVersions(Tenant.DEFAULT_ID, agent.id()))
                        .map(all -> versionPage(agent.id(), all, below, limit)))
                .onComplete(body -> Answer.json(context, 200, body), context::fail);
    }

    private static JsonObject versionPage(UUID agentId, AgentVersions all, int below, int limit) {
        List<AgentVersion> page =
                all.versions().stream().filter(version -> version.number() < below).limit(limit).toList();
        boolean more = !page.isEmpty() && page.getLast().number() > 1;
        String next = more ? VersionCursor.encode(page.getLast().number()) : null;
        return PageJson.page(page, version -> AgentJson.version(agentId, version), next);
    }

    private Future<Agent> found(RoutingContext context) {
        return agents.find(ValidRequest.of(context).requiredString("id"));
    }

    /** A deleted agent cannot be deleted again. */
    private Future<Agent> active(RoutingContext context) {
        return found(context).map(agent -> {
            if (agent.deletedAt() != null) {
                throw Problem.agentNotFound(agent.id().toString()).exception();
            }
            return agent;
        });
    }

    private static PatchAgent patch(UUID id, JsonObject patch) {
        JsonArray capabilities = patch.getJsonArray("capabilities");
        return new PatchAgent(
                Tenant.DEFAULT_ID,
                id,
                patch.getString("name"),
                patch.getString("description"),
                capabilities == null ? null : AgentUpload.strings(capabilities),
                limits(patch.getJsonObject("limits")));
    }

    private static @Nullable LimitOverrides limits(@Nullable JsonObject limits) {
        return limits == null ? null : AgentUpload.overrides(limits);
    }
}
