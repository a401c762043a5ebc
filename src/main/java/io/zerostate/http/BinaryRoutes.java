package io.zerostate.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import io.vertx.json.schema.Validator;
import io.zerostate.agent.Agent;
import io.zerostate.agent.BinaryRef;
import io.zerostate.agent.Manifest;
import io.zerostate.binary.BinaryStore;
import io.zerostate.bus.AddAgentVersion;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.AgentFound;
import io.zerostate.bus.Bus;
import io.zerostate.bus.RegisterAgent;
import io.zerostate.task.Tenant;
import org.jspecify.annotations.Nullable;

/** Modules on their way in and out. The bytes go to and from the store, and never over the bus. */
final class BinaryRoutes {

    private final Bus bus;
    private final BinaryStore binaries;
    private final AgentLookup agents;
    private final Uploads uploads;
    private final Validator agentFields;

    BinaryRoutes(Bus bus, BinaryStore binaries, AgentLookup agents, Uploads uploads, Validator agentFields) {
        this.bus = bus;
        this.binaries = binaries;
        this.agents = agents;
        this.uploads = uploads;
        this.agentFields = agentFields;
    }

    void bind(Operations operations) {
        operations.onStreamedBody("createAgent", uploads, this::create);
        operations.onStreamedBody("createAgentVersion", uploads, this::addVersion);
        operations.on("getAgentBinary", this::download);
    }

    private void create(RoutingContext context) {
        AgentUpload upload = AgentUpload.of(context, agentFields);
        String name = upload.name();
        if (name == null) {
            throw Problem.invalidField("#/name", "is required").exception();
        }
        Manifest manifest = upload.manifest(Manifest.EMPTY);
        binaries.put(Uploads.file(context))
                .compose(binary -> bus.request(Addresses.AGENT_REGISTER,
                        new RegisterAgent(Tenant.DEFAULT_ID, name, upload.versionLabel(), manifest, binary)))
                .map(AgentFound::agent)
                .onSuccess(changed -> agents.forget())
                .onComplete(agent -> {
                    context.response().putHeader("Location", "/api/v1/agents/" + agent.id());
                    Answer.json(context, 201, AgentJson.agent(agent));
                }, context::fail);
    }

    private void addVersion(RoutingContext context) {
        AgentUpload upload = AgentUpload.of(context, agentFields);
        agents.findActive(ValidRequest.of(context).requiredString("id"))
                .compose(agent -> binaries.put(Uploads.file(context))
                        .compose(binary -> bus.request(Addresses.AGENT_ADD_VERSION, version(agent, upload, binary))))
                .map(AgentFound::agent)
                .onSuccess(changed -> agents.forget())
                .onComplete(agent -> {
                    context.response().putHeader("Location", "/api/v1/agents/" + agent.id() + "/versions");
                    Answer.json(context, 201, AgentJson.version(agent.id(), agent.current()));
                }, context::fail);
    }

    private static AddAgentVersion version(Agent agent, AgentUpload upload, BinaryRef binary) {
        if (upload.name() != null && !upload.name().equals(agent.name())) {
            throw Problem.invalidField("#/name", "is not the name of this agent, which is " + agent.name()).exception();
        }
        Manifest manifest = upload.hasManifest() ? upload.manifest(agent.manifest()) : null;
        return new AddAgentVersion(Tenant.DEFAULT_ID, agent.id(), upload.versionLabel(), manifest, binary);
    }

    private void download(RoutingContext context) {
        ValidRequest request = ValidRequest.of(context);
        agents.find(request.requiredString("id"))
                .map(agent -> agent.current().binary())
                .onComplete(binary -> download(context, binary, request.string("If-None-Match")), context::fail);
    }

    private void download(RoutingContext context, BinaryRef binary, @Nullable String seen) {
        String tag = '"' + binary.sha256() + '"';
        context.response().putHeader("ETag", tag);
        if (seen != null && (seen.strip().equals("*") || seen.contains(tag))) {
            context.response().setStatusCode(304).end();
            return;
        }
        binaries.get(binary.sha256())
                .map(bytes -> Buffer.buffer(bytes.array()))
                .onComplete(bytes -> Answer.bytes(context, ContentType.WASM, bytes), context::fail);
    }
}
