package io.zerostate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.zerostate.app.TestNode;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What clients hear when the line is full. */
class TooManyTasksTest {
    private static final JsonObject LATER = new JsonObject().put("agent_id", "hello").put("delay_ms", 3_600_000);

    private static Vertx vertx;
    private static WebClient client;
    private static TestNode node;
    private static JsonObject first;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        client = WebClient.create(vertx);
        node = TestNode.start(Map.of("queue.max_unfinished", "3"));
        node.upload("hello.wasm", "hello");
        first = post("/api/v1/tasks").putHeader("Idempotency-Key", "first").sendJsonObject(LATER).await().bodyAsJsonObject();
        post("/api/v1/tasks").sendJsonObject(LATER).await();
    }

    @AfterAll
    static void stop() {
        node.close();
        vertx.close().await();
    }

    private static HttpRequest<Buffer> post(String path) {
        return client.postAbs(node.uri().resolve(path).toString());
    }

    @Test
    void fromTheBoundOnSubmissionsAreRefusedUntilThereIsRoom() {
        JsonArray items = post("/api/v1/tasks/batch")
                .sendJson(new JsonArray().add(LATER).add(LATER).add(LATER))
                .await()
                .bodyAsJsonObject()
                .getJsonArray("items");
        assertThat(items.getJsonObject(0).getString("status")).isEqualTo("queued");
        for (int i = 1; i < 3; i++) {
            assertThat(items.getJsonObject(i).getString("type")).isEqualTo("urn:zerostate:error:TOO_MANY_REQUESTS");
            assertThat(items.getJsonObject(i).getString("detail")).contains("queue.max_unfinished is 3");
        }

        HttpResponse<Buffer> refused = post("/api/v1/tasks?wait=1s").sendJsonObject(LATER).await();
        JsonObject problem = LoneEdge.problem(refused, 429, "TOO_MANY_REQUESTS");
        assertThat(problem.getString("detail")).contains("queue.max_unfinished is 3");
        assertThat(refused.getHeader("Retry-After")).isEqualTo("1");

        HttpResponse<Buffer> repeated =
                post("/api/v1/tasks").putHeader("Idempotency-Key", "first").sendJsonObject(LATER).await();
        assertThat(repeated.statusCode()).isEqualTo(202);
        assertThat(repeated.bodyAsJsonObject().getString("id")).isEqualTo(first.getString("id"));

        client.deleteAbs(node.uri().resolve("/api/v1/tasks/" + first.getString("id")).toString()).send().await();
        HttpResponse<Buffer> again = post("/api/v1/tasks/" + first.getString("id") + "/execute").send().await();
        assertThat(again.statusCode()).isEqualTo(202);
        LoneEdge.problem(
                post("/api/v1/tasks/" + first.getString("id") + "/execute").send().await(), 429, "TOO_MANY_REQUESTS");
    }
}
