package io.zerostate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.zerostate.config.DatabaseSettings;
import io.zerostate.faults.FreePorts;
import io.zerostate.faults.RedisServer;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that only takes requests and one that only runs tasks: what clients of the one see of the other. */
class ClusterIT {
    @TempDir
    static Path directory;

    private static RedisServer redis;
    private static List<Integer> ports;
    private static DatabaseSettings database;
    private static ClusterNode api;
    private static ClusterNode executor;

    /** One process of the cluster. */
    private record ClusterNode(ChildProcess process, URI uri, JsonClient client) {
        void stop() throws Exception {
            client.close();
            process.terminate();
            assertThat(process.exitCode()).as(process.err()).isZero();
            process.close();
        }
    }

    @BeforeAll
    static void start() throws Exception {
        ports = FreePorts.take(3, RandomGenerator.getDefault());
        redis = RedisServer.start(directory.resolve("redis"), ports.getFirst());
        database = SharedPostgres.newDatabase();
        api = start("api", ports.get(1));
        executor = start("executor", ports.get(2));
        for (String agent : List.of("ticker", "endless")) {
            JsonClient.Answer answer = api.client()
                    .post(
                            "/api/v1/agents?name=" + agent,
                            "application/wasm",
                            BodyPublishers.ofFile(Path.of("tests", "wasm", agent + ".wasm")));
            assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        try (RedisServer last = redis) {
            executor.stop();
            api.stop();
        }
    }

    private static ClusterNode start(String role, int clusterPort) throws Exception {
        Map<String, String> environment = new HashMap<>(Map.of(
                "ZEROSTATE_DATABASE_URL", database.url(),
                "ZEROSTATE_DATABASE_USER", database.user(),
                "ZEROSTATE_DATABASE_PASSWORD", database.password(),
                "ZEROSTATE_REDIS_URLS", "redis://127.0.0.1:" + redis.port(),
                "ZEROSTATE_CLUSTER_PORT", String.valueOf(clusterPort),
                "ZEROSTATE_CLUSTER_MEMBERS", "127.0.0.1:" + ports.get(1) + ",127.0.0.1:" + ports.get(2),
                "ZEROSTATE_BINARIES_DIRECTORY", directory.resolve("binaries").toString(),
                "ZEROSTATE_HTTP_PORT", "0",
                "ZEROSTATE_NODE_NAME", role,
                "ZEROSTATE_NODE_DATA_DIR", directory.resolve(role).toString()));
        ChildProcess process = ChildProcess.start(environment, "serve", "--roles", role);
        String ready = process.awaitOut(text -> text.endsWith("\n")).strip();
        URI uri = URI.create(ready.replaceFirst("^ready ", ""));
        return new ClusterNode(process, uri, new JsonClient(uri));
    }

    private static String submit(JsonObject task) {
        JsonClient.Answer answer = api.client().post("/api/v1/tasks", task);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json().getString("id");
    }

    @Test
    void aClientOfOneNodeSeesATaskThatRunsOnAnother() throws Exception {
        String id = submit(new JsonObject("{\"agent_id\": \"ticker\", \"args\": [\"20\", \"50\"]}"));

        List<JsonObject> events = new EventStream(api.uri(), id).collect();

        assertThat(events.stream().map(event -> event.getString("status")).filter(status -> status != null))
                .endsWith("running", "completed");
        assertThat(events.stream().map(event -> event.getString("text", ""))).anyMatch(text -> text.contains("tick"));
        assertThat(api.client().get("/api/v1/tasks/" + id).json().getJsonArray("attempts").getJsonObject(0).getString("node"))
                .isEqualTo("executor");
    }

    @Test
    void aClientThatComesLateAndOneThatComesBackAreToldAllThatAnotherNodeHasWritten() throws Exception {
        String id = submit(new JsonObject("{\"agent_id\": \"ticker\", \"args\": [\"20\", \"100\"]}"));
        new EventStream(api.uri(), id).collectUntil(event -> event.getInteger("offset", 0) > 0);

        EventStream late = new EventStream(api.uri(), id);
        StringBuilder told = new StringBuilder();
        for (JsonObject event : late.collectUntil(event -> event.getInteger("offset", 0) > 100)) {
            told.append(event.getString("text", ""));
        }
        for (JsonObject event : late.collect()) {
            assertThat(event.getString("status")).isNotEqualTo("running");
            told.append(event.getString("text", ""));
        }

        assertThat(told).hasToString(api.client().get("/api/v1/tasks/" + id + "/stdout").text());
    }

    @Test
    void aCancelReachesTheNodeThatRunsTheTask() throws Exception {
        String id = submit(new JsonObject("{\"agent_id\": \"endless\", \"timeout_ms\": 300000}"));
        EventStream events = new EventStream(api.uri(), id);
        events.awaitStatus("running");

        assertThat(api.client().delete("/api/v1/tasks/" + id).status()).isEqualTo(202);

        events.awaitStatus("cancelled");
    }

    @Test
    void anExecutorServesItsHealthAndFiguresOnly() {
        JsonClient.Answer ready = executor.client().get("/health/ready");
        assertThat(ready.status()).as(ready.text()).isEqualTo(200);
        assertThat(ready.text()).contains("\"cluster\"").contains("sees 2 of its cluster");
        assertThat(executor.client().get("/metrics").text()).contains("zerostate_");
        assertThat(executor.client().get("/api/v1/tasks").status()).isEqualTo(404);
        assertThat(executor.client().get("/").status()).isEqualTo(404);
    }

    @Test
    void anApiNodeIsReadyAndShowsTheWorkersOfOthers() {
        assertThat(api.client().get("/health/ready").status()).isEqualTo(200);
        JsonObject queue = api.client().get("/api/v1/queue").json();
        assertThat(queue.getJsonArray("nodes").stream().map(node -> ((JsonObject) node).getString("node")))
                .contains("executor");
    }
}
