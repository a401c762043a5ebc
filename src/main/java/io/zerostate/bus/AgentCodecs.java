package io.zerostate.bus;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The codecs of the messages about agents. */
final class AgentCodecs {
    private AgentCodecs() {}

    static final WireCodec<RegisterAgent> REGISTER = WireCodec.of(
            RegisterAgent.class,
            "agent.register/1",
            (out, m) -> out.number(m.tenantId())
                    .text(m.name())
                    .text(m.versionLabel())
                    .value(AgentEncodings.MANIFEST, m.manifest())
                    .value(AgentEncodings.BINARY, m.binary()),
            in -> new RegisterAgent(
                    in.number(),
                    in.text(),
                    in.text(),
                    in.value(AgentEncodings.MANIFEST),
                    in.value(AgentEncodings.BINARY)));

    static final WireCodec<AddAgentVersion> ADD_VERSION = WireCodec.of(
            AddAgentVersion.class,
            "agent.add_version/1",
            (out, m) -> out.number(m.tenantId())
                    .uuid(m.agentId())
                    .text(m.versionLabel())
                    .nullable(AgentEncodings.MANIFEST, m.manifest())
                    .value(AgentEncodings.BINARY, m.binary()),
            in -> new AddAgentVersion(
                    in.number(),
                    in.uuid(),
                    in.text(),
                    in.nullable(AgentEncodings.MANIFEST),
                    in.value(AgentEncodings.BINARY)));

    static final WireCodec<FindAgent> FIND = WireCodec.of(
            FindAgent.class,
            "agent.find/1",
            (out, m) -> out.number(m.tenantId()).text(m.idOrName()),
            in -> new FindAgent(in.number(), in.text()));

    static final WireCodec<AgentFound> FOUND = WireCodec.of(
            AgentFound.class,
            "agent.found/1",
            (out, m) -> out.value(AgentEncodings.AGENT, m.agent()),
            in -> new AgentFound(in.value(AgentEncodings.AGENT)));

    static final WireCodec<ListAgents> LIST = WireCodec.of(
            ListAgents.class,
            "agent.list/1",
            (out, m) -> out.number(m.tenantId())
                    .nullable(Encoding.TEXT, m.query())
                    .nullable(Encoding.TEXT, m.capability())
                    .nullable(Encoding.UUID, m.before())
                    .number(m.limit()),
            in -> new ListAgents(
                    in.number(),
                    in.nullable(Encoding.TEXT),
                    in.nullable(Encoding.TEXT),
                    in.nullable(Encoding.UUID),
                    in.integer()));

    static final WireCodec<AgentPage> PAGE = WireCodec.of(
            AgentPage.class,
            "agent.page/1",
            (out, m) -> out.list(AgentEncodings.AGENT, m.agents()),
            in -> new AgentPage(in.list(AgentEncodings.AGENT)));

    static final WireCodec<PatchAgent> PATCH = WireCodec.of(
            PatchAgent.class,
            "agent.patch/1",
            (out, m) -> out.number(m.tenantId())
                    .uuid(m.agentId())
                    .nullable(Encoding.TEXT, m.name())
                    .nullable(Encoding.TEXT, m.description())
                    .nullable(Encoding.listOf(Encoding.TEXT), m.capabilities())
                    .nullable(TaskEncodings.LIMIT_OVERRIDES, m.limits()),
            in -> new PatchAgent(
                    in.number(),
                    in.uuid(),
                    in.nullable(Encoding.TEXT),
                    in.nullable(Encoding.TEXT),
                    in.nullable(Encoding.listOf(Encoding.TEXT)),
                    in.nullable(TaskEncodings.LIMIT_OVERRIDES)));

    static final WireCodec<DeleteAgent> DELETE = WireCodec.of(
            DeleteAgent.class,
            "agent.delete/1",
            (out, m) -> out.number(m.tenantId()).uuid(m.agentId()),
            in -> new DeleteAgent(in.number(), in.uuid()));

    static final WireCodec<ListAgentVersions> LIST_VERSIONS = WireCodec.of(
            ListAgentVersions.class,
            "agent.list_versions/1",
            (out, m) -> out.number(m.tenantId()).uuid(m.agentId()),
            in -> new ListAgentVersions(in.number(), in.uuid()));

    static final WireCodec<AgentVersions> VERSIONS = WireCodec.of(
            AgentVersions.class,
            "agent.versions/1",
            (out, m) -> out.list(AgentEncodings.VERSION, m.versions()),
            in -> new AgentVersions(in.list(AgentEncodings.VERSION)));

    static final WireCodec<AgentChanged> CHANGED = WireCodec.of(
            AgentChanged.class,
            "agent.changed/1",
            (out, m) -> out.uuid(m.agentId())
                    .number(m.tenantId())
                    .text(m.name())
                    .number(m.version())
                    .flag(m.deleted())
                    .instant(m.at())
                    .text(m.sha256()),
            AgentCodecs::readChanged);

    private static AgentChanged readChanged(WireReader in) {
        UUID agentId = in.uuid();
        long tenantId = in.number();
        String name = in.text();
        int version = in.integer();
        boolean deleted = in.flag();
        Instant at = in.instant();
        return new AgentChanged(agentId, tenantId, name, version, in.hasMore() ? in.text() : "", deleted, at);
    }

    static final List<WireCodec<?>> ALL = List.of(
            REGISTER, ADD_VERSION, FIND, FOUND, LIST, PAGE, PATCH, DELETE, LIST_VERSIONS, VERSIONS, CHANGED);
}
