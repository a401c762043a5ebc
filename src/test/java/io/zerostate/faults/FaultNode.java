package io.zerostate.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One place in the cluster, with its ports and its own network; the process in it comes and goes. */
final class FaultNode implements AutoCloseable {
    private static final Path LAUNCHER = Path.of("bin", "zerostate");
    private static final Duration START_PATIENCE = Duration.ofSeconds(120);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);
    private static final String HEAP = "-Xmx384m";

    private final String name;
    private final Path directory;
    private final Map<String, String> environment;
    private final NodeNetwork network;
    private final NodeClient client;
    private Process process;
    private int incarnation;

    /** @param environment what all nodes of the cluster are told */
    FaultNode(String name, Path directory, Map<String, String> environment, NodeNetwork network) {
        this.name = name;
        this.directory = directory;
        this.environment = environment;
        this.network = network;
        this.client = new NodeClient(network.place().uri());
    }

    String name() {
        return name;
    }

    NodeClient client() {
        return client;
    }

    NodeNetwork network() {
        return network;
    }

    /** Which process of this place it is, from 1. Its name in the cluster differs from those before. */
    synchronized int incarnation() {
        return incarnation;
    }

    /** Starts a process and waits until it is ready. */
    void start() {
        launch("");
        awaitReady();
    }

    /** Starts a process that takes itself away when it gets to this step; see ProcessFailPoints. */
    void startWithFailPoint(String failPoint) {
        launch("-Dzerostate.failpoint=" + failPoint);
        awaitReady();
    }

    /** Starts a process, and does not wait. */
    synchronized void launch(String javaOptions) {
        if (isAlive()) {
            throw new IllegalStateException(name + " runs already");
        }
        incarnation++;
        Map<String, String> variables = new HashMap<>(environment);
        variables.putAll(network.environment());
        variables.put("JAVA_HOME", System.getProperty("java.home"));
        variables.put("ZEROSTATE_JAVA_OPTS", (HEAP + " " + javaOptions).strip());
        variables.put("ZEROSTATE_NODE_NAME", name + "-" + incarnation);
        variables.put("ZEROSTATE_NODE_DATA_DIR", directory.toString());
        try {
            Files.createDirectories(directory);
            List<String> command = new ArrayList<>(network.place().prefix());
            command.addAll(List.of(LAUNCHER.toAbsolutePath().toString(), "serve"));
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().keySet().removeIf(variable -> variable.startsWith("ZEROSTATE_"));
            builder.environment().putAll(variables);
            process = builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        } catch (IOException failure) {
            throw new IllegalStateException(name + " cannot be started", failure);
        }
    }

    void awaitReady() {
        Waiting.until(name + " is ready, see " + log(), START_PATIENCE, () -> isReady() || !isAlive());
        if (!isAlive()) {
            throw new IllegalStateException(name + " ended with code " + process.exitValue() + ", see " + log());
        }
    }

    boolean isReady() throws IOException {
        return client.get("/health/ready").status() == 200;
    }

    /** What its processes wrote. */
    Path log() {
        return directory.resolve("node.log");
    }

    synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM, which a stopped process would not get to, and waits for the end. */
    void terminate() {
        resume();
        process.destroy();
        awaitEnd();
    }

    void pause() {
        Signals.STOP.send(process.pid());
    }

    void resume() {
        if (isAlive()) {
            Signals.CONT.send(process.pid());
        }
    }

    /** True while the process is stopped by a signal, as its fail point does it. */
    boolean isPaused() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "stat");
        return Files.readString(status).matches("(?s)\\d+ \\(.*\\) T .*");
    }

    /** Waits until the process is gone. */
    int awaitEnd() {
        try {
            if (!process.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " does not end, see " + log());
            }
            return process.exitValue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stopped);
        }
    }

    @Override
    public void close() throws IOException {
        if (process != null) {
            process.destroyForcibly();
            awaitEnd();
        }
        network.close();
    }
}
