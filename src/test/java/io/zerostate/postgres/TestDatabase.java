package io.zerostate.postgres;

import io.zerostate.app.postgres.EmbeddedPostgres;
import io.zerostate.app.postgres.EmbeddedPostgresException;
import io.zerostate.config.DatabaseSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Databases for tests, on a real server that is started once per JVM and stopped with it. The server is told not to wait for the
 * disk: no test pulls its plug.
 */
public final class TestDatabase {
    private static final Path BINARIES = Path.of("target", "postgres-binaries");
    private static final String TEMPLATE = "migrated";
    private static final int POOL_SIZE = 8;
    private static final AtomicInteger COUNT = new AtomicInteger();

    private TestDatabase() {}

    /** Starts on first use. */
    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "test-postgres-");
                EmbeddedPostgres server = EmbeddedPostgres.start(BINARIES, directory.resolve("data"));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, directory)));
                execute(server.connection("postgres", 1), "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()");
                execute(server.connection("postgres", 1), "CREATE DATABASE " + TEMPLATE);
                Migrations.run(server.connection(TEMPLATE, 1));
                return server;
            } catch (IOException | EmbeddedPostgresException | SQLException e) {
                throw new IllegalStateException("no PostgreSQL for tests", e);
            }
        }

        private static void stop(EmbeddedPostgres server, Path directory) {
            server.close();
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            } catch (IOException e) {
                System.err.println("left behind: " + directory + " (" + e + ")");
            }
        }
    }

    /** A new database with the product's schema. */
    public static DatabaseSettings create() {
        return create(" TEMPLATE " + TEMPLATE);
    }

    /** A new database without any table. */
    static DatabaseSettings createEmpty() {
        return create("");
    }

    private static DatabaseSettings create(String options) {
        try {
            EmbeddedPostgres server = Server.RUNNING;
            String name = "test_" + COUNT.incrementAndGet();
            execute(server.connection("postgres", 1), "CREATE DATABASE " + name + options);
            return server.connection(name, POOL_SIZE);
        } catch (EmbeddedPostgresException | SQLException e) {
            throw new IllegalStateException("no database for tests", e);
        }
    }

    /** Runs plain SQL over JDBC. */
    public static void execute(DatabaseSettings database, String... statements) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:" + database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
