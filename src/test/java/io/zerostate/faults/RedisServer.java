package io.zerostate.faults;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/** A real Redis that keeps nothing on disk: whoever kills it finds it empty. */
public final class RedisServer implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofSeconds(20);

    private final File program;
    private final Path directory;
    private final int port;
    private Process process;

    private RedisServer(File program, Path directory, int port) {
        this.program = program;
        this.directory = directory;
        this.port = port;
    }

    public static RedisServer start(Path directory, int port) throws IOException {
        Files.createDirectories(directory);
        File program = ExecutableProvider.newJarResourceProvider(directory.toFile()).get();
        RedisServer server = new RedisServer(program, directory, port);
        server.start();
        return server;
    }

    void start() throws IOException {
        process = new ProcessBuilder(List.of(
                        program.getAbsolutePath(),
                        "--port", Integer.toString(port),
                        "--bind", "127.0.0.1",
                        "--save", "",
                        "--appendonly", "no",
                        "--dir", directory.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("redis.log").toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Waiting.until("Redis answers", START_PATIENCE, () -> "PONG".equals(command("PING")));
    }

    public int port() {
        return port;
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    void pause() {
        Signals.STOP.send(process.pid());
    }

    void resume() {
        Signals.CONT.send(process.pid());
    }

    /** Sends one command, past any proxy. */
    Object command(String... words) throws IOException {
        return RedisCommand.send(port, words);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
