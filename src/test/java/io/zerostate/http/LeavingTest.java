package io.zerostate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.Health;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeavingTest {
    @TempDir
    Path directory;

    private LoneEdge edge;

    @AfterEach
    void close() {
        edge.close();
    }

    @Test
    void aNodeThatLeavesIsNotReadyAndStillAnswersWithTheConnectionsLastAnswer() {
        edge = new LoneEdge(directory);
        HttpVerticle leaving = edge.verticle(directory.resolve("other"), Map.of("http.drain", "1h"), List.of());
        edge.vertx.deployVerticle(leaving).await();
        for (var part : List.of(Addresses.HEALTH_POSTGRES, Addresses.HEALTH_QUEUE, Addresses.HEALTH_BINARIES)) {
            edge.bus.serve(part, check -> Future.succeededFuture(new Health(true, "fine"))).await();
        }
        assertThat(get(leaving, "/health/ready").statusCode()).isEqualTo(200);

        Future<Void> left = leaving.leave();

        // It begins on the verticle's own thread, which a request may reach before it.
        HttpResponse<Buffer> ready = get(leaving, "/health/ready");
        for (int tries = 0; ready.statusCode() == 200 && tries < 100; tries++) {
            ready = get(leaving, "/health/ready");
        }
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.bodyAsString()).contains("The node stops");
        HttpResponse<Buffer> page = get(leaving, "/openapi.yaml");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.getHeader("Connection")).isEqualTo("close");
        assertThat(get(leaving, "/health/live").statusCode()).isEqualTo(200);
        assertThat(left.isComplete()).isFalse();
    }

    @Test
    void withoutTimeForItALeavingNodeIsGoneAtOnce() {
        edge = new LoneEdge(directory);
        HttpVerticle leaving = edge.verticle(directory.resolve("other"), Map.of("http.drain", "0s"), List.of());
        edge.vertx.deployVerticle(leaving).await();

        leaving.leave().await();

        assertThat(get(leaving, "/openapi.yaml").getHeader("Connection")).isEqualTo("close");
    }

    @Test
    void anExecutorServesItsHealthAndItsFiguresAndNothingElse() {
        edge = new LoneEdge(directory, Map.of("node.roles", "executor"), List.of());

        assertThat(edge.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(edge.get("/metrics").bodyAsString()).isEqualTo("zerostate_up 1\n");
        LoneEdge.problem(edge.get("/api/v1/tasks"), 404, "NOT_FOUND");
        LoneEdge.problem(edge.postJson("/api/v1/tasks", "{}"), 404, "NOT_FOUND");
        LoneEdge.problem(edge.get("/"), 404, "NOT_FOUND");
    }

    private HttpResponse<Buffer> get(HttpVerticle server, String uri) {
        return edge.client.request(HttpMethod.GET, server.actualPort(), "127.0.0.1", uri).send().await();
    }
}
