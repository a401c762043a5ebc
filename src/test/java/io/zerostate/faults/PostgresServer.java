package io.zerostate.faults;

import io.zerostate.app.TestDirectories;
import io.zerostate.app.postgres.EmbeddedPostgres;
import io.zerostate.app.postgres.EmbeddedPostgresException;
import io.zerostate.config.DatabaseSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/** A real PostgreSQL that can be stopped as by a loss of power. It comes back on another port. */
final class PostgresServer implements AutoCloseable {
    private static final Path BINARIES = Path.of("target", "postgres-binaries");
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    private final Path directory;
    private volatile EmbeddedPostgres server;

    private PostgresServer(Path directory, EmbeddedPostgres server) {
        this.directory = directory;
        this.server = server;
    }

    static PostgresServer start(Path directory) throws EmbeddedPostgresException {
        return new PostgresServer(directory, EmbeddedPostgres.start(BINARIES, directory));
    }

    /** How to reach it without a proxy. */
    DatabaseSettings settings() {
        try {
            return server.connection("postgres", 1);
        } catch (EmbeddedPostgresException failure) {
            throw new IllegalStateException(failure);
        }
    }

    int port() {
        return URI.create(settings().url()).getPort();
    }

    Connection connect() throws SQLException {
        DatabaseSettings settings = settings();
        return DriverManager.getConnection("jdbc:" + settings.url(), settings.user(), settings.password());
    }

    /** Stops at once: open transactions and connections break, nothing is written any more. */
    void crash() {
        try {
            long pid = Long.parseLong(Files.readAllLines(directory.resolve("postmaster.pid")).getFirst().strip());
            Signals.QUIT.send(pid);
            Waiting.until("PostgreSQL is gone", STOP_PATIENCE, () -> ProcessHandle.of(pid).isEmpty());
        } catch (IOException failure) {
            throw new IllegalStateException("PostgreSQL is not running", failure);
        }
        server.close();
    }

    /** Recovers from the write-ahead log, and serves again. */
    void recover() throws EmbeddedPostgresException {
        server = EmbeddedPostgres.start(BINARIES, directory);
    }

    /** Stops it, and deletes its files. */
    @Override
    public void close() {
        server.close();
        TestDirectories.delete(directory);
    }
}
