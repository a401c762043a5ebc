package io.zerostate.app;

import io.zerostate.app.postgres.EmbeddedPostgres;
import io.zerostate.app.postgres.EmbeddedPostgresException;
import io.zerostate.config.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One PostgreSQL server for all tests of a JVM, stopped with it, and a database of its own for whoever asks. Starting a server per
 * test would take most of the time that tests take.
 */
public final class SharedPostgres {
    private static final int POOL_SIZE = 8;

    private final EmbeddedPostgres server;
    private final AtomicInteger databases = new AtomicInteger();

    private SharedPostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    /** A new, empty database. */
    public static DatabaseSettings newDatabase() {
        return Holder.SERVER.create();
    }

    /** Starts the server with the first call. */
    private static final class Holder {
        static final SharedPostgres SERVER = start();
    }

    private static SharedPostgres start() {
        try {
            Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
            Path data = Files.createTempDirectory(target, "test-postgres-");
            EmbeddedPostgres server =
                    EmbeddedPostgres.start(target.resolve("postgres-binaries"), data.resolve("postgres"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, data)));
            return new SharedPostgres(server);
        } catch (IOException | EmbeddedPostgresException failure) {
            throw new IllegalStateException("no PostgreSQL for the tests", failure);
        }
    }

    private static void stop(EmbeddedPostgres server, Path data) {
        server.close();
        TestDirectories.delete(data);
    }

    private DatabaseSettings create() {
        String name = "test_" + databases.incrementAndGet();
        try {
            DatabaseSettings main = server.connection("postgres", 1);
            try (Connection connection =
                            DriverManager.getConnection("jdbc:" + main.url(), main.user(), main.password());
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            }
            return server.connection(name, POOL_SIZE);
        } catch (SQLException | EmbeddedPostgresException failure) {
            throw new IllegalStateException("no database for the test", failure);
        }
    }
}
