package io.zerostate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a whole node promises of itself. */
class NodeTest {
    private static TestNode node;

    @BeforeAll
    static void start() {
        node = TestNode.start();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void isLiveAndReadyOnceItHasStarted() {
        assertThat(node.client().get("/health/live").status()).isEqualTo(200);
        JsonClient.Answer ready = node.client().get("/health/ready");
        assertThat(ready.status()).as(ready.text()).isEqualTo(200);
    }

    @Test
    void runsAnAgentFromItsUploadToItsResult() {
        node.upload("hello.wasm", "hello");

        JsonObject task = node.run(new JsonObject().put("agent_id", "hello"));

        assertThat(task.getString("status")).as(task.encode()).isEqualTo("completed");
        assertThat(task.getJsonObject("result").getInteger("exit_code")).isZero();
        assertThat(task.getJsonObject("result").getString("stdout"))
                .isEqualTo("Hello from WASM!\nTask executed successfully\n");
    }

    @Test
    void everyMeterCarriesTheProductsName() {
        String[] lines = node.client().get("/metrics").text().split("\n");
        Pattern sample = Pattern.compile("(# (HELP|TYPE) )?zerostate_.*|# EOF");
        assertThat(lines).hasSizeGreaterThan(100).allMatch(line -> sample.matcher(line).matches());
    }

    @Test
    void metersTellOfPoolsTheEventLoopMemoryAndCollections() {
        assertThat(node.client().get("/metrics").text())
                .contains("zerostate_event_loop_lag_seconds")
                .contains("zerostate_vertx_pool_in_use")
                .contains("zerostate_jvm_memory_used_bytes")
                .contains("zerostate_jvm_gc_pause_seconds");
    }
}
