package io.zerostate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.net.BindException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the edge answers by itself. */
class EdgeTest {

    @TempDir
    static Path directory;

    private static LoneEdge edge;

    @BeforeAll
    static void start() {
        edge = new LoneEdge(directory);
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @Test
    void anUnknownPathIsAProblem() {
        JsonObject problem = LoneEdge.problem(edge.get("/api/v1/nothing?secret=1"), 404, "NOT_FOUND");

        assertThat(problem.getString("instance")).isEqualTo("/api/v1/nothing");
    }

    @Test
    void aWrongMethodIsAProblemThatNamesTheRightOnes() {
        HttpResponse<Buffer> response = edge.request(HttpMethod.PUT, "/api/v1/agents/a").send().await();

        LoneEdge.problem(response, 405, "METHOD_NOT_ALLOWED");
        assertThat(response.getHeader("Allow")).isEqualTo("DELETE, GET, PATCH");
    }

    @Test
    void malformedJsonIsAProblemThatSaysWhyAndNothingOfUs() {
        JsonObject problem = LoneEdge.problem(edge.postJson("/api/v1/tasks", "{\"agent_id\": "), 400, "INVALID_REQUEST");

        assertThat(problem.getString("detail")).contains("Unexpected end-of-input");
        assertThat(problem.encode()).doesNotContain("jackson").doesNotContain("Source").doesNotContain("io.vertx");
    }

    @Test
    void twoJsonValuesAreNotOne() {
        LoneEdge.problem(edge.postJson("/api/v1/tasks", "{\"agent_id\":\"a\"} {}"), 400, "INVALID_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "\"text\"", "7"})
    void aBodyThatIsNoObjectIsRefused(String body) {
        LoneEdge.problem(edge.postJson("/api/v1/tasks", body), 400, "INVALID_REQUEST");
    }

    @Test
    void everyWrongFieldIsNamedWithItsPlace() {
        String body = "{\"timeout_ms\": \"soon\", \"retry\": {\"a/b\": 1}, \"args\": [\"x\", 2], \"colour\": \"red\"}";

        JsonArray errors =
                LoneEdge.problem(edge.postJson("/api/v1/tasks", body), 400, "INVALID_REQUEST").getJsonArray("errors");

        assertThat(errors.stream().map(error -> ((JsonObject) error).getString("pointer")))
                .containsExactlyInAnyOrder("#/agent_id", "#/timeout_ms", "#/retry/a~1b", "#/args/1", "#/colour");
    }

    @Test
    void askingForMoreThanALimitIs422AndNamesFieldAndLimit() {
        JsonObject problem = LoneEdge.problem(
                edge.postJson("/api/v1/tasks", "{\"agent_id\": \"a\", \"timeout_ms\": 300001}"), 422, "LIMIT_EXCEEDED");

        assertThat(problem.getString("detail")).contains("timeout_ms").contains("300000");
    }

    @Test
    void fieldsThatExcludeEachOtherAreRefused() {
        String body = "{\"agent_id\": \"a\", \"input\": \"x\", \"input_base64\": \"eA==\"}";

        LoneEdge.problem(edge.postJson("/api/v1/tasks", body), 400, "INVALID_REQUEST");
    }

    @Test
    void aBodyOfAnotherMediaTypeIsRefusedBeforeItIsRead() {
        LoneEdge.problem(edge.post("/api/v1/tasks", "text/plain", Buffer.buffer("{}")), 415, "UNSUPPORTED_MEDIA_TYPE");
        LoneEdge.problem(edge.post("/api/v1/agents", "application/json", Buffer.buffer("{}")), 415, "UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void aMediaTypeMayHaveParametersAndAnyCase() {
        Buffer body = Buffer.buffer("{}");

        LoneEdge.problem(edge.post("/api/v1/tasks", "Application/JSON; charset=utf-8", body), 400, "INVALID_REQUEST");
    }

    @Test
    void aJsonBodyOverTheLimitIsRefused() {
        Buffer body = Buffer.buffer("{\"agent_id\": \"a\", \"input\": \"" + "x".repeat(2 * 1024 * 1024) + "\"}");

        LoneEdge.problem(edge.post("/api/v1/tasks", "application/json", body), 413, "PAYLOAD_TOO_LARGE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=201", "limit=many", "status=done", "cursor=%2B%2B", "created_after=yesterday"})
    void aWrongParameterIsNamed(String query) {
        JsonObject problem = LoneEdge.problem(edge.get("/api/v1/tasks?" + query), 400, "INVALID_REQUEST");

        assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("parameter")).isEqualTo(query.split("=")[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xyz", "01980f4c", "urn:uuid:01980f4c-7c2e-7d15-a2f0-5e0c9c1b7a11"})
    void aTaskIdThatIsNoUuidIsRefused(String id) {
        LoneEdge.problem(edge.get("/api/v1/tasks/" + id), 400, "INVALID_REQUEST");
    }

    @Test
    void aNameThatNoAgentCanHaveIsNotFound() {
        LoneEdge.problem(edge.get("/api/v1/agents/a%00b"), 404, "AGENT_NOT_FOUND");
        LoneEdge.problem(edge.postJson("/api/v1/tasks", "{\"agent_id\": \"../x\"}"), 404, "AGENT_NOT_FOUND");
    }

    @Test
    void aPartThatIsDownIsAProblemWorthRepeating() {
        HttpResponse<Buffer> response = edge.get("/api/v1/queue");

        LoneEdge.problem(response, 503, "UNAVAILABLE");
        assertThat(response.getHeader("Retry-After")).isEqualTo("1");
    }

    @Test
    void submissionsAreWorthRepeatingWhileAPartIsDownAlsoInABatch() {
        String task = "{\"agent_id\": \"a\"}";
        for (HttpResponse<Buffer> response : List.of(
                edge.postJson("/api/v1/tasks", task), edge.postJson("/api/v1/tasks/batch", "[" + task + "," + task + "]"))) {
            LoneEdge.problem(response, 503, "UNAVAILABLE");
            assertThat(response.getHeader("Retry-After")).isEqualTo("1");
        }
    }

    @Test
    void theNodeIsAliveButNotReadyWhileItsPartsAreDown() {
        assertThat(edge.get("/health/live").statusCode()).isEqualTo(200);

        HttpResponse<Buffer> ready = edge.get("/health/ready");

        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.bodyAsJsonObject().getString("status")).isEqualTo("down");
        assertThat(ready.bodyAsJsonObject().getJsonArray("checks").stream().map(c -> ((JsonObject) c).getString("name")))
                .containsExactly("postgres", "queue", "binaries");
    }

    @Test
    void theTraceIdOfTheCallerIsKept() {
        String traceId = "4bf92f3577b34da6a3ce929d0e0e4736";

        HttpResponse<Buffer> response = edge.request(HttpMethod.GET, "/nowhere")
                .putHeader("traceparent", "00-" + traceId + "-00f067aa0ba902b7-01")
                .send()
                .await();

        assertThat(LoneEdge.problem(response, 404, "NOT_FOUND").getString("trace_id")).isEqualTo(traceId);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/docs", "/docs/docs.js", "/openapi.yaml", "/health/live", "/nowhere", "/api/v1/tasks"})
    void everyAnswerKeepsBrowsersOnAShortLead(String path) {
        HttpResponse<Buffer> response = edge.get(path);

        assertThat(response.getHeader("Content-Security-Policy")).contains("default-src 'self'").contains("frame-ancestors 'none'");
        assertThat(response.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.getHeader("X-Frame-Options")).isEqualTo("DENY");
    }

    @Test
    void theDocumentationLoadsNothingFromAnotherHost() {
        String page = edge.get("/docs").bodyAsString();

        assertThat(page).contains("/docs/ui/swagger-ui-bundle.js").doesNotContain("//");
        assertThat(edge.get("/docs/ui/swagger-ui-bundle.js").statusCode()).isEqualTo(200);
        assertThat(edge.get("/docs/ui/swagger-ui.css").statusCode()).isEqualTo(200);
        assertThat(edge.get("/docs/docs.js").bodyAsString()).contains("/openapi.yaml").doesNotContain("https:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../openapi.yaml", "/docs/ui/../../../../../conf/zerostate.json", "/%2e%2e/conf/zerostate.json",
        "/..%2f..%2fetc/passwd", "/docs/..%5c..%5cconf/zerostate.json"})
    void noPathLeavesTheFolderOfThePages(String path) {
        HttpResponse<Buffer> response = edge.get(path);

        assertThat(response.bodyAsString()).doesNotContain("data_dir").doesNotContain("root:");
    }

    @Test
    void whatIsNoHttpRequestIsAProblemToo() {
        HttpResponse<Buffer> response = edge.request(HttpMethod.GET, "/metrics").putHeader("X", "x".repeat(9_000)).send().await();

        LoneEdge.problem(response, 400, "INVALID_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%zz", "/api/v1/agents/%zz", "/api/v1/tasks/%", "/docs/ui/%c3%28%"})
    void aPathThatCannotBeDecodedIsAProblemToo(String path) {
        LoneEdge.problem(edge.get(path), 400, "INVALID_REQUEST");
    }

    @Test
    void theScrapeIsPlainText() {
        HttpResponse<Buffer> response = edge.get("/metrics");

        assertThat(response.getHeader("Content-Type")).startsWith("text/plain");
        assertThat(response.bodyAsString()).isEqualTo("zerostate_up 1\n");
    }

    @Test
    void aStartOnAnAddressInUseFailsWithThatReason() {
        HttpVerticle second = edge.verticle(directory, Map.of("http.port", Integer.toString(edge.port)), List.of());

        assertThatThrownBy(() -> edge.vertx.deployVerticle(second).await()).isInstanceOf(BindException.class);
    }
}
