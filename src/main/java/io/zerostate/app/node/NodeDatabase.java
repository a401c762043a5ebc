package io.zerostate.app.node;

import io.zerostate.app.node.Patience.NotYetException;
import io.zerostate.app.postgres.EmbeddedPostgres;
import io.zerostate.app.postgres.EmbeddedPostgresException;
import io.zerostate.config.DatabaseSettings;
import io.zerostate.postgres.Migrations;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL of a node, at the schema that this build needs: one that is there, or one that the node brings along. */
final class NodeDatabase implements AutoCloseable {
    private static final String EMBEDDED_DATABASE = "postgres";

    /** Beginnings of SQLSTATEs (PostgreSQL, appendix A): connection exceptions, too many connections, operator intervention. */
    private static final List<String> AWAY = List.of("08", "53300", "57P");

    private final DatabaseSettings settings;
    private final @Nullable EmbeddedPostgres embedded;

    private NodeDatabase(DatabaseSettings settings, @Nullable EmbeddedPostgres embedded) {
        this.settings = settings;
        this.embedded = embedded;
    }

    /**
     * Starts the server if it is ours, and migrates the schema. Blocks.
     *
     * @param configured with an empty URL for a server of our own, in {@code directory}
     * @param patience with a server that is not ours
     */
    static NodeDatabase open(DatabaseSettings configured, Path directory, Patience patience) throws NodeStartException {
        return configured.url().isEmpty() ? embedded(configured, directory) : external(configured, patience);
    }

    private static NodeDatabase embedded(DatabaseSettings configured, Path directory) throws NodeStartException {
        try {
            EmbeddedPostgres server =
                    EmbeddedPostgres.start(directory.resolve("postgres-binaries"), directory.resolve("postgres"));
            try {
                DatabaseSettings settings = server.connection(EMBEDDED_DATABASE, configured.poolSize());
                new Patience(Duration.ZERO).await("its own PostgreSQL", () -> migrate(settings));
                return new NodeDatabase(settings, server);
            } catch (NodeStartException | RuntimeException failure) {
                server.close();
                throw failure;
            }
        } catch (EmbeddedPostgresException failure) {
            throw new NodeStartException(String.valueOf(failure.getMessage()));
        }
    }

    private static NodeDatabase external(DatabaseSettings configured, Patience patience) throws NodeStartException {
        patience.await("the database " + configured.url(), () -> migrate(configured));
        return new NodeDatabase(configured, null);
    }

    private static int migrate(DatabaseSettings settings) throws NotYetException, NodeStartException {
        try {
            return Migrations.run(settings);
        } catch (FlywayException failure) {
            Throwable cause = rootCause(failure);
            if (isAway(failure)) {
                throw new NotYetException(String.valueOf(cause.getMessage()));
            }
            throw new NodeStartException("cannot use the database " + settings.url() + ": " + cause.getMessage());
        }
    }

    /** True when no server answers, or one that is only starting or stopping: what a wrong name or password is not. */
    private static boolean isAway(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String state = cause instanceof SQLException sql ? sql.getSQLState() : null;
            if (state != null && AWAY.stream().anyMatch(state::startsWith)) {
                return true;
            }
        }
        return false;
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    DatabaseSettings settings() {
        return settings;
    }

    /** Stops the server, if it is ours. */
    @Override
    public void close() {
        if (embedded != null) {
            embedded.close();
        }
    }
}
