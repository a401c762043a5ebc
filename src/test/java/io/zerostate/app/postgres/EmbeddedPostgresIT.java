package io.zerostate.app.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zerostate.config.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {
    private static final Path BINARIES = Path.of("target", "postgres-binaries");

    @TempDir
    Path data;

    private EmbeddedPostgres start() throws EmbeddedPostgresException {
        return EmbeddedPostgres.start(BINARIES, data.resolve("postgres"));
    }

    private static Connection connect(EmbeddedPostgres server) throws SQLException, EmbeddedPostgresException {
        DatabaseSettings settings = server.connection("postgres", 1);
        return DriverManager.getConnection("jdbc:" + settings.url(), settings.user(), settings.password());
    }

    private static void write(EmbeddedPostgres server) throws SQLException, EmbeddedPostgresException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept AS SELECT 42 AS value");
        }
    }

    private static int read(EmbeddedPostgres server) throws SQLException, EmbeddedPostgresException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT value FROM kept")) {
            row.next();
            return row.getInt(1);
        }
    }

    private ProcessHandle postmaster() throws IOException {
        long pid = PostmasterPid.in(data.resolve("postgres")).orElseThrow().pid();
        return ProcessHandle.of(pid).orElseThrow();
    }

    @Test
    void keepsWhatWasWrittenAcrossAStop() throws Exception {
        try (EmbeddedPostgres server = start()) {
            write(server);
        }
        assertThat(PostmasterPid.in(data.resolve("postgres"))).as("the server has stopped").isEmpty();
        try (EmbeddedPostgres server = start()) {
            assertThat(read(server)).isEqualTo(42);
        }
    }

    @Test
    @SuppressWarnings("try") // The first server is left behind on purpose.
    void takesOverFromAServerThatWasLeftBehind() throws Exception {
        EmbeddedPostgres leftBehind = start();
        write(leftBehind);
        ProcessHandle old = postmaster();
        try (EmbeddedPostgres server = start()) {
            assertThat(read(server)).isEqualTo(42);
            old.onExit().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    @SuppressWarnings("try")
    void recoversFromAServerThatWasKilled() throws Exception {
        write(start());
        ProcessHandle old = postmaster();
        old.destroyForcibly();
        old.onExit().get(30, TimeUnit.SECONDS);
        try (EmbeddedPostgres server = start()) {
            assertThat(read(server)).isEqualTo(42);
        }
    }

    @Test
    void aStalePidFileThatNamesAnotherProcessIsNoObstacle() throws Exception {
        try (EmbeddedPostgres server = start()) {
            write(server);
        }
        String anotherProcess = Long.toString(ProcessHandle.current().pid());
        Files.write(
                data.resolve("postgres/postmaster.pid"),
                List.of(anotherProcess, data.toString(), "1", "5432", "", "127.0.0.1", "0 0", "ready"),
                StandardOpenOption.CREATE_NEW);
        try (EmbeddedPostgres server = start()) {
            assertThat(read(server)).isEqualTo(42);
        }
    }

    @Test
    void anUnfinishedSetUpIsDoneAgain() throws Exception {
        Files.createDirectories(data.resolve("postgres.setup/cluster/base"));
        try (EmbeddedPostgres server = start()) {
            write(server);
        }
        assertThat(data.resolve("postgres.setup")).doesNotExist();
    }

    @Test
    void nobodyGetsInWithoutThePassword() throws Exception {
        try (EmbeddedPostgres server = start()) {
            DatabaseSettings settings = server.connection("postgres", 1);
            assertThatThrownBy(
                            () -> DriverManager.getConnection("jdbc:" + settings.url(), settings.user(), "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password");
            assertThat(Files.getPosixFilePermissions(data.resolve("postgres"))).hasSize(3);
        }
    }

    @Test
    void namesTheArchiveForEachMachine() {
        assertThat(PostgresBinaries.archiveFor("Linux", "amd64")).isEqualTo("postgres-linux-x86_64.txz");
        assertThat(PostgresBinaries.archiveFor("Linux", "aarch64")).isEqualTo("postgres-linux-arm_64.txz");
        assertThat(PostgresBinaries.archiveFor("Mac OS X", "aarch64")).isEqualTo("postgres-darwin-arm_64.txz");
        assertThat(PostgresBinaries.archiveFor("Mac OS X", "x86_64")).isEqualTo("postgres-darwin-x86_64.txz");
    }
}
