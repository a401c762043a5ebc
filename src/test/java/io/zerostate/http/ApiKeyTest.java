package io.zerostate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node with an API key. */
class ApiKeyTest {

    private static final String KEY = "correct horse battery staple";

    @TempDir
    static Path directory;

    private static LoneEdge edge;

    @BeforeAll
    static void start() {
        edge = new LoneEdge(directory, Map.of("http.api_key", KEY), List.of(router -> router.get("/api/v1/events")
                .handler(context -> context.response().end("mounted"))));
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/tasks", "/api/v1/events", "/api/v1/nothing", "/metrics"})
    void nothingOfTheNodeIsShownWithoutTheKey(String path) {
        HttpResponse<Buffer> response = edge.get(path);

        LoneEdge.problem(response, 401, "UNAUTHORIZED");
        assertThat(response.getHeader("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/docs", "/openapi.yaml", "/health/live"})
    void pagesAndProbesNeedNoKey(String path) {
        assertThat(edge.get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void theKeyIsTakenFromEitherHeader() {
        assertThat(with("Authorization", "Bearer " + KEY).statusCode()).isEqualTo(200);
        assertThat(with("X-API-Key", KEY).statusCode()).isEqualTo(200);
    }

    @Test
    void anotherKeyIsNotTheKey() {
        LoneEdge.problem(with("Authorization", "Bearer " + KEY + "x"), 401, "UNAUTHORIZED");
        LoneEdge.problem(with("X-API-Key", KEY.substring(1)), 401, "UNAUTHORIZED");
        LoneEdge.problem(with("Authorization", "Basic " + KEY), 401, "UNAUTHORIZED");
    }

    private static HttpResponse<Buffer> with(String header, String value) {
        return edge.request(HttpMethod.GET, "/api/v1/events").putHeader(header, value).send().await();
    }
}
