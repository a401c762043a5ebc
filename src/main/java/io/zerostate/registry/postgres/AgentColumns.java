package io.zerostate.registry.postgres;

import io.zerostate.agent.Agent;
import io.zerostate.agent.AgentVersion;
import io.zerostate.agent.BinaryRef;
import io.zerostate.agent.Manifest;
import io.zerostate.postgres.RowReader;
import java.util.List;
import java.util.UUID;

/** Rows of {@code agents} and {@code agent_versions}: which columns, and what they make. Lists and readers must agree in order. */
final class AgentColumns {
    /** What {@link #readVersion} reads, of {@code agent_versions v}. */
    static final String VERSION = "v.number, v.label, v.sha256, v.size_bytes, v.report::text, v.created_at";

    /** What {@link #readAgent} reads, of {@code agents a} and its current version {@code v}. */
    static final String AGENT =
            """
            a.id, a.tenant_id, a.name, a.description, a.capabilities, a.limits::text, %s,
            a.created_at, a.updated_at, a.deleted_at"""
                    .formatted(VERSION);

    private AgentColumns() {}

    static Agent readAgent(RowReader row) {
        UUID id = row.uuid();
        long tenantId = row.bigint();
        String name = row.text();
        Manifest manifest = new Manifest(row.text(), List.of(row.texts()), AgentJson.readLimits(row.text()));
        return new Agent(id, tenantId, name, manifest, readVersion(row), row.time(), row.time(), row.timeOrNull());
    }

    static AgentVersion readVersion(RowReader row) {
        int number = row.integer();
        String label = row.text();
        BinaryRef binary = new BinaryRef(row.text(), row.bigint());
        return new AgentVersion(number, label, binary, AgentJson.readReport(row.text()), row.time());
    }
}
