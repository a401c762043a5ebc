package io.zerostate.app.postgres;

import io.zerostate.config.DatabaseSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of the node's own, on a free port of 127.0.0.1. Its files survive: the next start on the same directory goes
 * on with them, also after the node, the server or the machine were cut off.
 *
 * <p>All calls block. One node per directory at a time: the caller holds the lock.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

    /** Recovery of a large write-ahead log is part of a start. */
    private static final String PATIENCE_SECONDS = "120";

    private static final int PORT_TRIES = 3;
    private static final long LOG_KEPT_BYTES = 1 << 20;

    /**
     * Durable as always, tuned for one node beside it on a small machine. TCP only, since sockets in a deep data directory run
     * into the 107 bytes that a Unix address may have; no replication; and no JIT, whose compiler is not among the binaries.
     */
    private static final String OPTIONS = String.join(
            " ",
            "-c listen_addresses=127.0.0.1",
            "-c unix_socket_directories=''",
            "-c max_connections=60",
            "-c shared_buffers=128MB",
            "-c wal_level=minimal",
            "-c max_wal_senders=0",
            "-c max_wal_size=1GB",
            "-c checkpoint_timeout=15min",
            "-c random_page_cost=1.1",
            "-c log_checkpoints=off",
            "-c jit=off");

    private final Path home;
    private final PostgresCluster cluster;
    private final PostgresUser user;
    private final int port;
    private final ProcessWatch watch;

    private EmbeddedPostgres(Path home, PostgresCluster cluster, PostgresUser user, int port, ProcessWatch watch) {
        this.home = home;
        this.cluster = cluster;
        this.user = user;
        this.port = port;
        this.watch = watch;
    }

    /**
     * Starts the server, after it was unpacked and set up if need be.
     *
     * @param binaries where the server's programs are kept; may be shared by many nodes
     * @param directory of the server's files, which only this server uses
     */
    public static EmbeddedPostgres start(Path binaries, Path directory) throws EmbeddedPostgresException {
        try {
            Path home = PostgresBinaries.unpack(binaries.toAbsolutePath().normalize());
            return start(home, new PostgresCluster(directory.toAbsolutePath().normalize()));
        } catch (IOException failure) {
            throw new EmbeddedPostgresException("cannot start the embedded PostgreSQL: " + failure.getMessage(), failure);
        }
    }

    private static EmbeddedPostgres start(Path home, PostgresCluster cluster)
            throws IOException, EmbeddedPostgresException {
        Path workspace = cluster.directory().resolveSibling("postgres.setup");
        DirectoryTree.delete(workspace);
        Files.createDirectories(workspace);
        try {
            int self = DirectoryTree.owner(workspace);
            boolean fresh = !cluster.exists();
            Path directory = fresh ? workspace : cluster.directory();
            if (!fresh) {
                stopLeftover(home, cluster, self);
            }
            PostgresUser user = PostgresUser.choose(directory, home.resolve("bin/postgres"), self);
            if (fresh) {
                cluster.create(home, user, workspace);
            }
            return launch(home, cluster, user);
        } finally {
            DirectoryTree.delete(workspace);
        }
    }

    /** A node that was killed may leave its server behind. */
    private static void stopLeftover(Path home, PostgresCluster cluster, int self)
            throws IOException, EmbeddedPostgresException {
        Optional<PostmasterPid> leftover = PostmasterPid.in(cluster.directory());
        if (leftover.isEmpty()) {
            return;
        }
        if (leftover.get().isAlive()) {
            LOG.info("stopping the PostgreSQL server that an earlier run left behind");
            PostgresUser user = PostgresUser.choose(cluster.directory(), home.resolve("bin/postgres"), self);
            stop(home, cluster, user);
        } else {
            Files.deleteIfExists(leftover.get().file());
        }
    }

    private static EmbeddedPostgres launch(Path home, PostgresCluster cluster, PostgresUser user)
            throws IOException, EmbeddedPostgresException {
        Path log = cluster.directory().resolve("server.log");
        if (Files.exists(log) && Files.size(log) > LOG_KEPT_BYTES) {
            Files.delete(log);
        }
        String complaint = "";
        for (int attempt = 0; attempt < PORT_TRIES; attempt++) {
            int port = freePort();
            Command.Result result = control(home, cluster, user, "start", "--log=" + log, "--options=-p " + port + " " + OPTIONS);
            Optional<PostmasterPid> server = PostmasterPid.in(cluster.directory());
            if (result.exitCode() == 0 && server.isPresent()) {
                return new EmbeddedPostgres(home, cluster, user, port, ProcessWatch.on(server.get().pid()));
            }
            complaint = result.lastLine() + ", " + lastLine(log);
        }
        throw new EmbeddedPostgresException("the embedded PostgreSQL does not start: " + complaint + " (see " + log + ")");
    }

    private static String lastLine(Path log) throws IOException {
        return Files.exists(log) ? Files.readAllLines(log).stream().reduce("", (before, line) -> line) : "no log";
    }

    /** Free a moment ago; whoever takes it in between costs one more try. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Command.Result stop(Path home, PostgresCluster cluster, PostgresUser user) {
        return control(home, cluster, user, "stop", "--mode=fast");
    }

    /** pg_ctl gives the server a session of its own, so that a Ctrl-C meant for the node does not reach it first. */
    private static Command.Result control(
            Path home, PostgresCluster cluster, PostgresUser user, String action, String... more) {
        List<String> words = new ArrayList<>(List.of(
                home.resolve("bin/pg_ctl").toString(),
                action,
                "--silent",
                "--wait",
                "--timeout=" + PATIENCE_SECONDS,
                "--pgdata=" + cluster.directory()));
        words.addAll(List.of(more));
        return user.command(words).run();
    }

    /**
     * How to reach a database of this server, as its owner.
     *
     * @param database {@code postgres} is always there
     */
    public DatabaseSettings connection(String database, int poolSize) throws EmbeddedPostgresException {
        try {
            return new DatabaseSettings(
                    "postgresql://127.0.0.1:" + port + "/" + database, PostgresCluster.USER, cluster.password(), poolSize);
        } catch (IOException failure) {
            throw new EmbeddedPostgresException("cannot read the password of the embedded PostgreSQL", failure);
        }
    }

    /** Stops the server: open transactions are rolled back, everything committed is on disk. */
    @Override
    public void close() {
        watch.close();
        Command.Result result = stop(home, cluster, user);
        if (result.exitCode() != 0) {
            LOG.warn("the embedded PostgreSQL did not stop: {}", result.lastLine());
        }
    }
}
