package io.zerostate.registry.postgres;

import io.vertx.sqlclient.Tuple;
import io.zerostate.agent.Manifest;
import io.zerostate.bus.PatchAgent;
import io.zerostate.postgres.Storable;
import io.zerostate.registry.NewAgent;
import io.zerostate.registry.NewVersion;
import io.zerostate.task.LimitOverrides;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The statements on agents, with their arguments. */
final class AgentSql {
    static final String FROM_AGENTS =
            " FROM agents a JOIN agent_versions v ON v.agent_id = a.id AND v.number = a.current_version ";

    static final String FIND_BY_ID =
            "SELECT " + AgentColumns.AGENT + FROM_AGENTS + "WHERE a.id = $1 AND a.tenant_id = $2";

    static final String FIND_BY_NAME = "SELECT " + AgentColumns.AGENT + FROM_AGENTS
            + "WHERE a.name = $1 AND a.tenant_id = $2 AND a.deleted_at IS NULL";

    static final String VERSIONS = "SELECT " + AgentColumns.VERSION
            + " FROM agent_versions v JOIN agents a ON a.id = v.agent_id"
            + " WHERE v.agent_id = $1 AND a.tenant_id = $2 ORDER BY v.number DESC";

    static final String IS_REFERENCED = "SELECT 1 FROM agent_versions v WHERE v.sha256 = $1 LIMIT 1";

    static final String REGISTER =
            """
            WITH clock AS MATERIALIZED (SELECT clock_timestamp() AS now),
            a AS (
                INSERT INTO agents (
                    id, tenant_id, name, description, capabilities, limits, current_version, created_at, updated_at)
                SELECT $1::uuid, $2::bigint, $3::text, $4::text, $5::text[], $6::text::json, 1, clock.now, clock.now FROM clock
                RETURNING *
            ),
            v AS (
                INSERT INTO agent_versions (agent_id, number, label, sha256, size_bytes, manifest, report, created_at)
                SELECT a.id, 1, $7::text, $8::text, $9::bigint, $10::text::json, $11::text::json, a.created_at FROM a
                RETURNING *
            )
            SELECT %s FROM a, v"""
                    .formatted(AgentColumns.AGENT);

    static final String ADD_VERSION =
            """
            WITH clock AS MATERIALIZED (SELECT clock_timestamp() AS now),
            a AS (
                UPDATE agents u SET
                    current_version = u.current_version + 1, updated_at = clock.now,
                    description = coalesce($3::text, u.description), capabilities = coalesce($4::text[], u.capabilities),
                    limits = coalesce($5::text::json, u.limits)
                FROM clock
                WHERE u.id = $1 AND u.tenant_id = $2 AND u.deleted_at IS NULL
                RETURNING u.*
            ),
            v AS (
                INSERT INTO agent_versions (agent_id, number, label, sha256, size_bytes, manifest, report, created_at)
                SELECT
                    a.id, a.current_version, $6::text, $7::text, $8::bigint,
                    json_build_object('description', a.description, 'capabilities', a.capabilities, 'limits', a.limits),
                    $9::text::json, a.updated_at
                FROM a
                RETURNING *
            )
            SELECT %s FROM a, v"""
                    .formatted(AgentColumns.AGENT);

    static final String PATCH =
            """
            WITH a AS (
                UPDATE agents u SET
                    name = coalesce($3::text, u.name), description = coalesce($4::text, u.description),
                    capabilities = coalesce($5::text[], u.capabilities), limits = coalesce($6::text::json, u.limits),
                    updated_at = clock_timestamp()
                WHERE u.id = $1 AND u.tenant_id = $2 AND u.deleted_at IS NULL
                RETURNING u.*
            )
            SELECT %s FROM a JOIN agent_versions v ON v.agent_id = a.id AND v.number = a.current_version"""
                    .formatted(AgentColumns.AGENT);

    static final String DELETE =
            """
            WITH clock AS MATERIALIZED (SELECT clock_timestamp() AS now),
            a AS (
                UPDATE agents u SET
                    deleted_at = coalesce(u.deleted_at, clock.now),
                    updated_at = CASE WHEN u.deleted_at IS NULL THEN clock.now ELSE u.updated_at END
                FROM clock
                WHERE u.id = $1 AND u.tenant_id = $2
                RETURNING u.*
            )
            SELECT %s FROM a JOIN agent_versions v ON v.agent_id = a.id AND v.number = a.current_version"""
                    .formatted(AgentColumns.AGENT);

    /** Exactly as ids are written: {@code UUID.fromString} takes more than that. */
    private static final Pattern ID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private AgentSql() {}

    static Tuple registerArguments(NewAgent agent) {
        Manifest manifest = agent.manifest();
        NewVersion version = agent.version();
        return Tuple.tuple()
                .addUUID(agent.id())
                .addLong(agent.tenantId())
                .addString(agent.name())
                .addString(storable(manifest.description()))
                .addArrayOfString(storable(manifest.capabilities()))
                .addString(limits(manifest.limits()))
                .addString(storable(version.label()))
                .addString(version.binary().sha256())
                .addLong(version.binary().sizeBytes())
                .addString(AgentJson.write(manifest))
                .addString(AgentJson.write(version.report()));
    }

    static Tuple addVersionArguments(
            long tenantId, UUID agentId, NewVersion version, @Nullable Manifest manifest) {
        return Tuple.tuple()
                .addUUID(agentId)
                .addLong(tenantId)
                .addString(manifest == null ? null : storable(manifest.description()))
                .addArrayOfString(manifest == null ? null : storable(manifest.capabilities()))
                .addString(manifest == null ? null : limits(manifest.limits()))
                .addString(storable(version.label()))
                .addString(version.binary().sha256())
                .addLong(version.binary().sizeBytes())
                .addString(AgentJson.write(version.report()));
    }

    static Tuple patchArguments(PatchAgent patch) {
        return Tuple.tuple()
                .addUUID(patch.agentId())
                .addLong(patch.tenantId())
                .addString(patch.name())
                .addString(storable(patch.description()))
                .addArrayOfString(storable(patch.capabilities()))
                .addString(limits(patch.limits()));
    }

    static Optional<UUID> id(String idOrName) {
        return ID.matcher(idOrName).matches() ? Optional.of(UUID.fromString(idOrName)) : Optional.empty();
    }

    private static @Nullable String storable(@Nullable String text) {
        return text == null ? null : Storable.text(text);
    }

    private static String @Nullable [] storable(@Nullable List<String> texts) {
        return texts == null ? null : texts.stream().map(Storable::text).toArray(String[]::new);
    }

    private static @Nullable String limits(@Nullable LimitOverrides limits) {
        return limits == null ? null : AgentJson.write(limits);
    }
}
