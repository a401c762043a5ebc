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

/** Names that point at a node from outside, without its owner's wish. */
class KnownHostTest {

    private static final String REBOUND = "rebound.example.com";

    @TempDir
    static Path directory;

    private static LoneEdge open;
    private static LoneEdge keyed;

    @BeforeAll
    static void start() {
        Map<String, String> origins = Map.of("http.allowed_origins", "https://console.example.com:8443,http://[fd00::7]:8080");
        open = new LoneEdge(directory.resolve("open"), origins, List.of(router -> router.get("/eventbus/info")
                .handler(context -> context.response().end("mounted"))));
        keyed = new LoneEdge(directory.resolve("keyed"), Map.of("http.api_key", "secret"), List.of());
    }

    @AfterAll
    static void stop() {
        open.close();
        keyed.close();
    }

    private static HttpResponse<Buffer> get(LoneEdge edge, String path, String host) {
        return edge.request(HttpMethod.GET, path).putHeader("Host", host).send().await();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/v1/tasks", "/metrics", "/eventbus/info", "/openapi.yaml"})
    void aNodeWithoutAKeyDoesNotAnswerToTheNameOfAnotherSite(String path) {
        LoneEdge.problem(get(open, path, REBOUND), 403, "FORBIDDEN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rebound.example.com:80",
                "127.0.0.1.example.com",
                "localhost.example.com",
                "console.example.com.example.org",
                "192.168.0.7",
                "[fd00::8]:8080",
                ":"
            })
    void whatOnlyLooksLikeThisMachineIsRefused(String host) {
        LoneEdge.problem(get(open, "/openapi.yaml", host), 403, "FORBIDDEN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://other.example.com", "http://localhost.example.com", "null", "file://"})
    void aPageOfAnotherSiteCannotSendAnything(String origin) {
        HttpResponse<Buffer> answer = open.request(HttpMethod.POST, "/api/v1/tasks")
                .putHeader("Origin", origin)
                .putHeader("Content-Type", "text/plain")
                .sendBuffer(Buffer.buffer("{}"))
                .await();
        LoneEdge.problem(answer, 403, "FORBIDDEN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:3000", "http://127.0.0.1:8080", "http://[::1]", "https://console.example.com:8443"})
    void pagesOfThisMachineAndConfiguredOnesMaySend(String origin) {
        assertThat(open.request(HttpMethod.GET, "/openapi.yaml").putHeader("Origin", origin).send().await().statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a b", "127.0.0.1@example.com"})
    void whatIsNoHostIsNoRequest(String host) {
        assertThat(get(open, "/openapi.yaml", host).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost:8080",
                "127.0.0.1",
                "127.8.9.10:1",
                "[::1]",
                "[::1]:8080",
                "[0:0:0:0:0:0:0:1]",
                "console.example.com",
                "CONSOLE.example.com:9",
                "[fd00::7]"
            })
    void thisMachineAndConfiguredOriginsAreKnown(String host) {
        assertThat(get(open, "/openapi.yaml", host).statusCode()).isEqualTo(200);
        assertThat(get(open, "/eventbus/info", host).bodyAsString()).isEqualTo("mounted");
    }

    @Test
    void healthIsToldToEverybody() {
        assertThat(get(open, "/health/live", REBOUND).statusCode()).isEqualTo(200);
        assertThat(get(open, "/health", REBOUND).bodyAsJsonObject().containsKey("checks")).isTrue();
    }

    @Test
    void aNodeWithAKeyIsCalledByAnyName() {
        assertThat(get(keyed, "/openapi.yaml", REBOUND).statusCode()).isEqualTo(200);
        LoneEdge.problem(get(keyed, "/api/v1/tasks", REBOUND), 401, "UNAUTHORIZED");
    }
}
