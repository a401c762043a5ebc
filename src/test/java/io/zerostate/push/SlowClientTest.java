package io.zerostate.push;

import static io.zerostate.task.OutputStreamName.STDOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.zerostate.metrics.PushMetrics.Transport;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One client that does not read costs neither the node its memory nor the others their events. */
@Timeout(60)
class SlowClientTest {
    private static final PushLimits TIGHT =
            new PushLimits(1_000, 100, 512 * 1024, 1_000, Duration.ofSeconds(15), Duration.ofSeconds(30));
    private static final int CHUNK = 64 * 1024;
    /** Well beyond what the system itself buffers between two ends of a connection. */
    private static final int MOST_CHUNKS = 1_000;

    private final LiveNode node = new LiveNode(TIGHT);
    /** A field, since Vert.x closes a client, and its connections, when it is garbage. */
    private final HttpClient hung = node.vertx.createHttpClient();

    private final StoredTask task = node.queuedTask();
    private final String text = "x".repeat(CHUNK);

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void anSseClientThatDoesNotReadIsDroppedAndTheOthersHearOn() throws Exception {
        hung.request(HttpMethod.GET, node.port, "127.0.0.1", "/api/v1/tasks/" + task.id + "/events")
                .compose(HttpClientRequest::send)
                .map(response -> response.pause())
                .await();
        try (SseConnection other = SseConnection.ofTask(node, task)) {
            assertThat(other.nextStatus()).isEqualTo("queued");
            node.publish(task.start());
            assertThat(other.nextStatus()).isEqualTo("running");
            for (int i = 0; i < MOST_CHUNKS && node.metrics.clients(Transport.SSE) == 2; i++) {
                node.publish(task.write(STDOUT, (long) i * CHUNK, text));
                assertThat(other.next().data().getString("text")).hasSize(CHUNK);
            }
            assertThat(node.count("zerostate.push.dropped", "sse")).isEqualTo(1);
            assertThat(node.metrics.clients(Transport.SSE)).isEqualTo(1);
            node.publish(task.complete());
            assertThat(other.untilEnd().getLast().data().getString("status")).isEqualTo("completed");
        }
    }

    @Test
    void aBridgeSocketThatDoesNotReadIsDroppedAndTheOthersHearOn() throws Exception {
        String address = "tasks." + task.id;
        try (BridgeConnection hung = BridgeConnection.sockJs(node);
                SseConnection other = SseConnection.ofTask(node, task)) {
            hung.register(address);
            hung.nextOf(address);
            hung.stopReading();
            assertThat(other.nextStatus()).isEqualTo("queued");
            node.publish(task.start());
            assertThat(other.nextStatus()).isEqualTo("running");
            for (int i = 0; i < MOST_CHUNKS && node.metrics.clients(Transport.SOCKJS) == 1; i++) {
                node.publish(task.write(STDOUT, (long) i * CHUNK, text));
                assertThat(other.next().data().getString("text")).hasSize(CHUNK);
            }
            assertThat(node.count("zerostate.push.dropped", "sockjs")).isEqualTo(1);
            assertThat(node.metrics.clients(Transport.SOCKJS)).isZero();
            node.publish(task.complete());
            assertThat(other.untilEnd().getLast().data().getString("status")).isEqualTo("completed");
            hung.readOn();
            hung.awaitClose();
        }
    }
}
