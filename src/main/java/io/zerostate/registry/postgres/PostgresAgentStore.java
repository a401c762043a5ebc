package io.zerostate.registry.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import io.zerostate.agent.Agent;
import io.zerostate.agent.AgentVersion;
import io.zerostate.agent.Manifest;
import io.zerostate.bus.ListAgents;
import io.zerostate.bus.PatchAgent;
import io.zerostate.postgres.Database;
import io.zerostate.postgres.RowReader;
import io.zerostate.postgres.SqlFailures;
import io.zerostate.registry.AgentStore;
import io.zerostate.registry.NewAgent;
import io.zerostate.registry.NewVersion;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps agents in PostgreSQL (15 or later). The schema has to be there, see {@link io.zerostate.postgres.Migrations}. */
public final class PostgresAgentStore implements AgentStore {
    private static final String NAME_INDEX = "agents_name";

    private final Database database;

    /** The pool stays the caller's to close. */
    public PostgresAgentStore(Pool pool) {
        this.database = new Database(pool);
    }

    @Override
    public Future<Agent> register(NewAgent agent) {
        return database.run(AgentSql.REGISTER, AgentSql.registerArguments(agent))
                .recover(failure -> Future.failedFuture(existsOr(failure, agent.name())))
                .map(rows -> first(rows).orElseThrow());
    }

    @Override
    public Future<Agent> addVersion(long tenantId, UUID agentId, NewVersion version, @Nullable Manifest manifest) {
        return database.run(AgentSql.ADD_VERSION, AgentSql.addVersionArguments(tenantId, agentId, version, manifest))
                .compose(rows -> orWhyNot(first(rows), tenantId, agentId));
    }

    @Override
    public Future<Agent> find(long tenantId, String idOrName) {
        return AgentSql.id(idOrName)
                .map(id -> find(tenantId, id)
                        .compose(found -> found.isPresent()
                                ? Future.succeededFuture(found)
                                // Nothing keeps anybody from naming an agent like an id.
                                : findNamed(tenantId, idOrName)))
                .orElseGet(() -> findNamed(tenantId, idOrName))
                .map(found -> found.orElseThrow(() -> notFound(idOrName)));
    }

    @Override
    public Future<List<Agent>> list(ListAgents query) {
        AgentListing listing = AgentListing.of(query);
        return database.run(listing.sql(), listing.arguments()).map(rows -> {
            List<Agent> agents = new ArrayList<>();
            for (Row row : rows) {
                agents.add(AgentColumns.readAgent(new RowReader(row)));
            }
            return agents;
        });
    }

    @Override
    public Future<Agent> patch(PatchAgent patch) {
        return database.run(AgentSql.PATCH, AgentSql.patchArguments(patch))
                .recover(failure -> Future.failedFuture(existsOr(failure, String.valueOf(patch.name()))))
                .compose(rows -> orWhyNot(first(rows), patch.tenantId(), patch.agentId()));
    }

    @Override
    public Future<Agent> delete(long tenantId, UUID agentId) {
        return database.run(AgentSql.DELETE, Tuple.of(agentId, tenantId))
                .map(rows -> first(rows).orElseThrow(() -> notFound(agentId.toString())));
    }

    @Override
    public Future<List<AgentVersion>> versions(long tenantId, UUID agentId) {
        return database.run(AgentSql.VERSIONS, Tuple.of(agentId, tenantId)).map(rows -> {
            List<AgentVersion> versions = new ArrayList<>();
            for (Row row : rows) {
                versions.add(AgentColumns.readVersion(new RowReader(row)));
            }
            if (versions.isEmpty()) {
                throw notFound(agentId.toString());
            }
            return versions;
        });
    }

    @Override
    public Future<Boolean> isReferenced(String sha256) {
        return database.run(AgentSql.IS_REFERENCED, Tuple.of(sha256)).map(rows -> rows.size() > 0);
    }

    private Future<Optional<Agent>> find(long tenantId, UUID agentId) {
        return database.run(AgentSql.FIND_BY_ID, Tuple.of(agentId, tenantId)).map(PostgresAgentStore::first);
    }

    private Future<Optional<Agent>> findNamed(long tenantId, String name) {
        if (!Agent.NAME.matcher(name).matches()) {
            return Future.succeededFuture(Optional.empty());
        }
        return database.run(AgentSql.FIND_BY_NAME, Tuple.of(name, tenantId)).map(PostgresAgentStore::first);
    }

    /** The changed agent; where nothing was changed, the reason. */
    private Future<Agent> orWhyNot(Optional<Agent> changed, long tenantId, UUID agentId) {
        return changed.map(Future::succeededFuture)
                .orElseGet(() -> find(tenantId, agentId).compose(found -> Future.failedFuture(found.map(
                                agent -> new RefusedException(
                                        ErrorCode.AGENT_DELETED, "The agent " + agent.name() + " was deleted"))
                        .orElseGet(() -> notFound(agentId.toString())))));
    }

    private static Optional<Agent> first(RowSet<Row> rows) {
        for (Row row : rows) {
            return Optional.of(AgentColumns.readAgent(new RowReader(row)));
        }
        return Optional.empty();
    }

    private static Throwable existsOr(Throwable failure, String name) {
        return SqlFailures.violatesUnique(failure, NAME_INDEX)
                ? new RefusedException(ErrorCode.AGENT_EXISTS, "An agent with the name " + name + " exists already")
                : failure;
    }

    private static RefusedException notFound(String idOrName) {
        return new RefusedException(ErrorCode.AGENT_NOT_FOUND, "There is no agent " + idOrName);
    }
}
