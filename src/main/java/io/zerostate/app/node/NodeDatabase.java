package io.zerostate.app.node;

import io.zerostate.app.postgres.EmbeddedPostgres;
import io.zerostate.app.postgres.EmbeddedPostgresException;
import io.zerostate.config.DatabaseSettings;
import io.zerostate.postgres.Migrations;
import java.nio.file.Path;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL of a node, at the schema that this build needs: one that is there, or one that the node brings along. */
final class NodeDatabase implements AutoCloseable {
    private static final String EMBEDDED_DATABASE = "postgres";

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
     */
    static NodeDatabase open(DatabaseSettings configured, Path directory) throws NodeStartException {
        return configured.url().isEmpty() ? embedded(configured, directory) : external(configured);
    }

    private static NodeDatabase embedded(DatabaseSettings configured, Path directory) throws NodeStartException {
        try {
            EmbeddedPostgres server =
                    EmbeddedPostgres.start(directory.resolve("postgres-binaries"), directory.resolve("postgres"));
            try {
                DatabaseSettings settings = server.connection(EMBEDDED_DATABASE, configured.poolSize());
                migrate(settings);
                return new NodeDatabase(settings, server);
            } catch (NodeStartException | RuntimeException failure) {
                server.close();
                throw failure;
            }
        } catch (EmbeddedPostgresException failure) {
            throw new NodeStartException(String.valueOf(failure.getMessage()));
        }
    }

    private static NodeDatabase external(DatabaseSettings configured) throws NodeStartException {
        migrate(configured);
        return new NodeDatabase(configured, null);
    }

    private static void migrate(DatabaseSettings settings) throws NodeStartException {
        try {
            Migrations.run(settings);
        } catch (FlywayException failure) {
            throw new NodeStartException("cannot use the database " + settings.url() + ": " + rootCause(failure));
        }
    }

    private static String rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
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
