package io.zerostate.bus;

import io.zerostate.agent.Agent;
import io.zerostate.agent.AgentVersion;
import io.zerostate.agent.BinaryRef;
import io.zerostate.agent.Manifest;
import io.zerostate.agent.ModuleReport;
import java.util.List;

/** Agents and their versions, on the wire. */
final class AgentEncodings {
    private AgentEncodings() {}

    static final Encoding<BinaryRef> BINARY = Encoding.framed(
            (out, binary) -> out.text(binary.sha256()).number(binary.sizeBytes()),
            in -> new BinaryRef(in.text(), in.number()));

    static final Encoding<Manifest> MANIFEST = Encoding.framed(
            (out, manifest) -> out.text(manifest.description())
                    .list(Encoding.TEXT, manifest.capabilities())
                    .value(TaskEncodings.LIMIT_OVERRIDES, manifest.limits()),
            in -> new Manifest(in.text(), in.list(Encoding.TEXT), in.value(TaskEncodings.LIMIT_OVERRIDES)));

    static final Encoding<ModuleReport> REPORT = Encoding.framed(
            (out, report) -> out.list(Encoding.TEXT, report.imports())
                    .number(report.memoryMinBytes())
                    .number(report.memoryMaxBytes())
                    .number(report.functions())
                    .number(report.interpretedFunctions())
                    .number(report.compileMs())
                    .list(Encoding.TEXT, report.warnings())
                    .number(report.gateVersion())
                    .list(Encoding.TEXT, report.madeWith()),
            in -> new ModuleReport(
                    in.list(Encoding.TEXT),
                    in.number(),
                    in.number(),
                    in.integer(),
                    in.integer(),
                    in.number(),
                    in.list(Encoding.TEXT),
                    in.hasMore() ? in.integer() : 0,
                    in.hasMore() ? in.list(Encoding.TEXT) : List.of()));

    static final Encoding<AgentVersion> VERSION = Encoding.framed(
            (out, version) -> out.number(version.number())
                    .text(version.label())
                    .value(BINARY, version.binary())
                    .value(REPORT, version.report())
                    .instant(version.createdAt()),
            in -> new AgentVersion(in.integer(), in.text(), in.value(BINARY), in.value(REPORT), in.instant()));

    static final Encoding<Agent> AGENT = Encoding.framed(
            (out, agent) -> out.uuid(agent.id())
                    .number(agent.tenantId())
                    .text(agent.name())
                    .value(MANIFEST, agent.manifest())
                    .value(VERSION, agent.current())
                    .instant(agent.createdAt())
                    .instant(agent.updatedAt())
                    .nullable(Encoding.INSTANT, agent.deletedAt()),
            in -> new Agent(
                    in.uuid(),
                    in.number(),
                    in.text(),
                    in.value(MANIFEST),
                    in.value(VERSION),
                    in.instant(),
                    in.instant(),
                    in.nullable(Encoding.INSTANT)));
}
