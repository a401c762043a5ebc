package io.zerostate.app;

import io.vertx.core.json.JsonObject;
import io.zerostate.app.node.Node;
import io.zerostate.app.node.NodeStartException;
import io.zerostate.config.DatabaseSettings;
import io.zerostate.config.Settings;
import io.zerostate.config.SettingsLoader;
import java.io.FileNotFoundException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A whole node in this process: every verticle, real PostgreSQL, real HTTP on a free port, a data directory and a database of its own.
 * Starting one takes about a second; share one per test class where tests do not disturb each other.
 */
public final class TestNode implements AutoCloseable {
    private final Node node;
    private final Path dataDir;
    private final JsonClient client;

    private TestNode(Node node, Path dataDir) {
        this.node = node;
        this.dataDir = dataDir;
        this.client = new JsonClient(node.uri());
    }

    public static TestNode start() {
        return start(Map.of());
    }

    /** @param settings by path, such as {@code queue.lease}, over the defaults */
    public static TestNode start(Map<String, String> settings) {
        Path dataDir = TestDirectories.create("test-node-");
        DatabaseSettings database = SharedPostgres.newDatabase();
        Map<String, String> all = new HashMap<>(Map.of(
                "http.port", "0",
                "node.data_dir", dataDir.toString(),
                "node.grace", "5s",
                "database.url", database.url(),
                "database.user", database.user(),
                "database.password", database.password(),
                "database.pool_size", Integer.toString(database.poolSize())));
        all.putAll(settings);
        Settings loaded = new SettingsLoader(Map.of()).load(null, all).settings();
        try {
            return new TestNode(Node.start(loaded, () -> {}), dataDir);
        } catch (NodeStartException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Such as {@code http://127.0.0.1:43121}. */
    public URI uri() {
        return node.uri();
    }

    public Path dataDir() {
        return dataDir;
    }

    public JsonClient client() {
        return client;
    }

    /** Uploads a module of {@code tests/wasm}, and returns the new agent. */
    public JsonObject upload(String file, String agentName) {
        Path module = Path.of("tests", "wasm", file);
        if (!Files.isRegularFile(module)) {
            throw new IllegalArgumentException("no module " + module);
        }
        JsonClient.Answer answer;
        try {
            answer = client.post("/api/v1/agents?name=" + agentName, "application/wasm", BodyPublishers.ofFile(module));
        } catch (FileNotFoundException missing) {
            throw new IllegalArgumentException(missing);
        }
        if (answer.status() != 201) {
            throw new IllegalStateException("upload of " + file + ": " + answer);
        }
        return answer.json();
    }

    /** Submits a task, waits for its end, and returns it with its {@code result}. */
    public JsonObject run(JsonObject task) {
        JsonClient.Answer answer = client.post("/api/v1/tasks?wait=1m", task);
        if (answer.status() != 200) {
            throw new IllegalStateException("the task did not end: " + answer);
        }
        return answer.json();
    }

    @Override
    public void close() {
        client.close();
        node.close();
        TestDirectories.delete(dataDir);
    }
}
