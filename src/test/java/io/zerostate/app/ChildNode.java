package io.zerostate.app;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A development node in a process of its own, on a free port. */
final class ChildNode implements AutoCloseable {
    private final ChildProcess process;
    private final URI uri;
    private final JsonClient client;

    private ChildNode(ChildProcess process, URI uri) {
        this.process = process;
        this.uri = uri;
        this.client = new JsonClient(uri);
    }

    /** A directory for one node; its database's programs are unpacked once for all tests. */
    static Path newDataDir() throws IOException {
        Path dataDir = TestDirectories.create("child-node-");
        Path shared = Files.createDirectories(Path.of("target", "postgres-binaries").toAbsolutePath());
        Files.createSymbolicLink(dataDir.resolve("postgres-binaries"), shared);
        return dataDir;
    }

    /** Starts a node and waits until it is ready. */
    static ChildNode start(Path dataDir, String... options) throws Exception {
        return start(Map.of(), 0, dataDir, options);
    }

    /** The same, with these variables. */
    static ChildNode start(Map<String, String> environment, Path dataDir, String... options) throws Exception {
        return start(environment, 0, dataDir, options);
    }

    /** The same at a certain port, so that clients find it again. */
    static ChildNode startAt(int port, Path dataDir, String... options) throws Exception {
        return start(Map.of(), port, dataDir, options);
    }

    private static ChildNode start(Map<String, String> environment, int port, Path dataDir, String... options)
            throws Exception {
        String[] arguments = new String[options.length + 5];
        System.arraycopy(new String[] {"dev", "--port", String.valueOf(port), "--data-dir", dataDir.toString()}, 0, arguments, 0, 5);
        System.arraycopy(options, 0, arguments, 5, options.length);
        ChildProcess process = ChildProcess.start(environment, arguments);
        try {
            String ready = process.awaitOut(text -> text.endsWith("\n")).strip();
            return new ChildNode(process, URI.create(ready.replaceFirst("^ready ", "")));
        } catch (IllegalStateException failure) {
            process.close();
            throw new IllegalStateException("the node does not start: " + process.err(), failure);
        }
    }

    URI uri() {
        return uri;
    }

    JsonClient client() {
        return client;
    }

    ChildProcess process() {
        return process;
    }

    void upload(String file, String name) throws IOException {
        Path module = Path.of("tests", "wasm", file);
        JsonClient.Answer answer =
                client.post("/api/v1/agents?name=" + name, "application/wasm", BodyPublishers.ofFile(module));
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.toString());
        }
    }

    /** The id of the new task. */
    String submit(JsonObject task) {
        JsonClient.Answer answer = client.post("/api/v1/tasks", task);
        if (answer.status() != 202) {
            throw new IllegalStateException(answer.toString());
        }
        return answer.json().getString("id");
    }

    /** Stops the node, unless the test did: its database stops with it, so that its files can be deleted. */
    @Override
    public void close() throws Exception {
        client.close();
        try (process) {
            process.terminate();
            process.exitCode();
        }
    }
}
