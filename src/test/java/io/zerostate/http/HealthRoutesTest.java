package io.zerostate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.CheckHealth;
import io.zerostate.bus.Health;
import io.zerostate.bus.Operation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthRoutesTest {
    private static final Map<String, String> CLUSTERED = Map.of("redis.urls", "redis://127.0.0.1:1");
    private static final List<Operation<CheckHealth, Health>> PARTS = List.of(
            Addresses.HEALTH_POSTGRES, Addresses.HEALTH_QUEUE, Addresses.HEALTH_BINARIES, Addresses.HEALTH_CLUSTER);

    @TempDir
    Path directory;

    private LoneEdge edge;

    @AfterEach
    void close() {
        edge.close();
    }

    private void start(Map<String, String> options, String downName) {
        edge = new LoneEdge(directory, options, List.of());
        for (Operation<CheckHealth, Health> part : PARTS) {
            Health health = new Health(!part.name().equals("health." + downName), "as told");
            edge.bus.serve(part, check -> Future.succeededFuture(health)).await();
        }
    }

    @ParameterizedTest
    @CsvSource({"nothing,200,up", "postgres,503,down", "cluster,503,down", "queue,200,degraded", "binaries,200,degraded"})
    void aNodeOfAClusterIsReadyForAsLongAsItCanTakeRequests(String down, int code, String status) {
        start(CLUSTERED, down);

        HttpResponse<Buffer> ready = edge.get("/health/ready");

        assertThat(ready.statusCode()).isEqualTo(code);
        assertThat(ready.bodyAsJsonObject().getString("status")).isEqualTo(status);
        assertThat(edge.get("/health").statusCode()).isEqualTo(down.equals("nothing") ? 200 : 503);
    }

    @ParameterizedTest
    @CsvSource({"queue,503", "binaries,503", "postgres,503", "nothing,200"})
    void anExecutorAndANodeThatIsAloneNeedEverything(String down, int code) {
        start(Map.of("redis.urls", "redis://127.0.0.1:1", "node.roles", "executor"), down);
        assertThat(edge.get("/health/ready").statusCode()).isEqualTo(code);
        edge.close();

        start(Map.of(), down);
        assertThat(edge.get("/health/ready").statusCode()).isEqualTo(code);
    }
}
