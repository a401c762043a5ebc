package io.zerostate.queue.redis;

import io.zerostate.config.RedisSettings;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/** A real Redis 6.2 on 127.0.0.1, which keeps nothing on disk and can be killed, paused and started again empty on the same port. */
public final class TestRedis implements AutoCloseable {
    private static final int MOST_PORT = 65_535;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final List<String> options;
    private final Path directory;
    private final int port;
    private Process process;

    /** For tests that only need one, each in a namespace of its own. Starts on first use, ends with the JVM. */
    private static final class Shared {
        static final TestRedis RUNNING = start();
    }

    /** The program, unpacked once per JVM. */
    private static final class Program {
        static final Path FILE = unpack();

        private static Path unpack() {
            try {
                File directory = newDirectory().toFile();
                File program = ExecutableProvider.newJarResourceProvider(directory).get();
                if (!program.setExecutable(true)) {
                    throw new IOException("cannot make executable: " + program);
                }
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory.toPath())));
                return program.toPath();
            } catch (IOException e) {
                throw new UncheckedIOException("no Redis for tests", e);
            }
        }
    }

    private TestRedis(List<String> options) {
        try {
            this.options = List.copyOf(options);
            this.directory = newDirectory();
            this.port = freePort();
            this.process = launch();
            Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        } catch (IOException e) {
            throw new UncheckedIOException("no Redis for tests", e);
        }
    }

    static TestRedis shared() {
        return Shared.RUNNING;
    }

    /**
     * Starts one.
     *
     * @param options further options of redis-server, each name followed by its value
     */
    public static TestRedis start(String... options) {
        return new TestRedis(List.of(options));
    }

    /** How to reach it, with a namespace that nobody else uses. */
    public RedisSettings settings() {
        return new RedisSettings(
                List.of(URI.create("redis://127.0.0.1:" + port)), "", "", "", UUID.randomUUID().toString(), TIMEOUT);
    }

    public int port() {
        return port;
    }

    /** Runs a command on a connection of its own. */
    public Object command(String... words) {
        try (RedisConsole console = new RedisConsole(port)) {
            return console.command(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its connections, one line of facts for each. */
    List<String> clients() {
        return command("CLIENT", "LIST").toString().lines().toList();
    }

    /** How many connections wait at a list. */
    long blocked() {
        return clients().stream().filter(client -> client.contains(" flags=b ")).count();
    }

    /** Ends it as a crash does. It remembers nothing. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Starts it again on its port, empty. */
    public void startAgain() {
        try {
            process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connections stay and nothing answers, as from a server that hangs. */
    public void pause() {
        signal("STOP");
    }

    public void resume() {
        signal("CONT");
    }

    @Override
    public void close() {
        kill();
        delete(directory);
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
            if (!kill.waitFor(5, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new IllegalStateException("cannot send " + name + " to Redis");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Process launch() throws IOException {
        List<String> line = new ArrayList<>(List.of(Program.FILE.toAbsolutePath().toString(), "--bind", "127.0.0.1"));
        line.addAll(List.of("--dir", directory.toAbsolutePath().toString(), "--save", "", "--appendonly", "no"));
        line.addAll(options.contains("--tls-port") ? List.of("--port", "0") : List.of("--port", Integer.toString(port)));
        options.forEach(option -> line.add(option.replace("PORT", Integer.toString(port))));
        Process started = new ProcessBuilder(line).redirectErrorStream(true).start();
        awaitReady(started);
        return started;
    }

    private static void awaitReady(Process started) throws IOException {
        BufferedReader output = started.inputReader();
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains("Ready to accept connections")) {
                // Read on, so that it never waits for somebody to read.
                Thread.ofVirtual().start(() -> readOn(output));
                return;
            }
            said.append(line).append('\n');
        }
        throw new IOException("Redis did not start:\n" + said);
    }

    private static void readOn(BufferedReader output) {
        try {
            output.transferTo(Writer.nullWriter());
        } catch (IOException killed) {
            // Nothing more is said.
        }
    }

    /** One whose port 10,000 above exists, too: a Redis Cluster's servers speak to each other there. */
    private static int freePort() throws IOException {
        int port = MOST_PORT;
        while (port > MOST_PORT - 10_000) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = socket.getLocalPort();
            }
        }
        return port;
    }

    static Path newDirectory() throws IOException {
        return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "test-redis-");
    }

    static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException gone) {
            // Closed before.
        }
    }
}
