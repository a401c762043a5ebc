package io.zerostate.registry;

import static io.zerostate.bus.Addresses.AGENT_ADD_VERSION;
import static io.zerostate.bus.Addresses.AGENT_DELETE;
import static io.zerostate.bus.Addresses.AGENT_EVENTS;
import static io.zerostate.bus.Addresses.AGENT_FIND;
import static io.zerostate.bus.Addresses.AGENT_LIST;
import static io.zerostate.bus.Addresses.AGENT_PATCH;
import static io.zerostate.bus.Addresses.AGENT_REGISTER;
import static io.zerostate.bus.Addresses.AGENT_VERSIONS;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.zerostate.agent.Agent;
import io.zerostate.bus.AddAgentVersion;
import io.zerostate.bus.AgentChanged;
import io.zerostate.bus.AgentFound;
import io.zerostate.bus.AgentPage;
import io.zerostate.bus.AgentVersions;
import io.zerostate.bus.Bus;
import io.zerostate.bus.DeleteAgent;
import io.zerostate.bus.PatchAgent;
import io.zerostate.bus.RegisterAgent;
import io.zerostate.config.ExecutionSettings;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves everything that is asked of agents, and tells everybody of each change. Deploy one per node, on an event loop; modules are
 * compiled on a pool of its own, so that an upload takes no worker from tasks.
 */
public final class AgentVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(AgentVerticle.class);

    private final Bus bus;
    private final AgentStore store;
    private final ModuleIntake intake;
    private final ExecutionSettings settings;
    private final Supplier<UUID> ids;

    /** @param ids new UUIDv7s */
    public AgentVerticle(
            Bus bus, AgentStore store, ModuleIntake intake, ExecutionSettings settings, Supplier<UUID> ids) {
        this.bus = bus;
        this.store = store;
        this.intake = intake;
        this.settings = settings;
        this.ids = ids;
    }

    @Override
    public Future<?> start() {
        // Closed with this verticle, which made it.
        WorkerExecutor compilers = vertx.createSharedWorkerExecutor("zerostate-compile", settings.compileThreads());
        Registration registration = new Registration(store, intake, compilers, settings, ids);
        return Future.all(List.of(
                bus.serve(AGENT_REGISTER, request -> register(registration, request)),
                bus.serve(AGENT_ADD_VERSION, request -> addVersion(registration, request)),
                bus.serve(AGENT_PATCH, request -> patch(registration, request)),
                bus.serve(AGENT_DELETE, this::delete),
                bus.serve(
                        AGENT_FIND,
                        request -> store.find(request.tenantId(), request.idOrName()).map(AgentFound::new)),
                bus.serve(AGENT_LIST, request -> store.list(request).map(AgentPage::new)),
                bus.serve(
                        AGENT_VERSIONS,
                        request -> store.versions(request.tenantId(), request.agentId()).map(AgentVersions::new))));
    }

    private Future<AgentFound> register(Registration registration, RegisterAgent request) {
        return registration.register(request).map(agent -> changed(agent, "registered"));
    }

    private Future<AgentFound> addVersion(Registration registration, AddAgentVersion request) {
        return registration.addVersion(request).map(agent -> changed(agent, "has a new version"));
    }

    private Future<AgentFound> patch(Registration registration, PatchAgent request) {
        return registration.patch(request).map(agent -> changed(agent, "changed"));
    }

    private Future<AgentFound> delete(DeleteAgent request) {
        return store.delete(request.tenantId(), request.agentId()).map(agent -> changed(agent, "deleted"));
    }

    private AgentFound changed(Agent agent, String what) {
        LOG.atInfo()
                .addKeyValue("agent_id", agent.id())
                .addKeyValue("agent", agent.name())
                .addKeyValue("version", agent.current().number())
                .addKeyValue("sha256", agent.current().binary().sha256())
                .log("agent {}", what);
        bus.publish(
                AGENT_EVENTS,
                new AgentChanged(
                        agent.id(),
                        agent.tenantId(),
                        agent.name(),
                        agent.current().number(),
                        agent.current().binary().sha256(),
                        agent.deletedAt() != null,
                        agent.updatedAt()));
        return new AgentFound(agent);
    }
}
