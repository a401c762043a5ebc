package io.zerostate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.zerostate.browser.Chromium;
import io.zerostate.browser.Tab;
import io.zerostate.faults.FreePorts;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A page that is open while its node is killed and comes back. */
@Timeout(240)
class ConsoleReconnectIT {
    @Test
    void anOpenPageSaysThatItIsOfflineAndCatchesUpByItself() throws Exception {
        int port = FreePorts.take(1, RandomGenerator.getDefault()).getFirst();
        Path dataDir = ChildNode.newDataDir();
        try (Chromium chromium = new Chromium();
                Tab overview = chromium.tab();
                // The last one is in front: output is drawn where somebody sees it.
                Tab tab = chromium.tab()) {
            String id;
            try (ChildNode node = ChildNode.startAt(port, dataDir)) {
                node.upload("ticker.wasm", "ticker");
                overview.open(node.uri() + "/").awaitText("#connection", "Live").awaitElement(".plot canvas");
                JsonObject task = new JsonObject()
                        .put("agent_id", "ticker")
                        .put("args", new JsonArray().add("100").add("100"))
                        .put("timeout_ms", 60_000);
                id = node.client().post("/api/v1/tasks", task).json().getString("task_id");
                tab.open(node.uri() + "/tasks/" + id).awaitText(".output-text", "tick 5").awaitText("#connection", "Live");
                node.process().kill();
                tab.awaitText("#connection", "Offline").awaitText("#lost", "Connection lost");
            }
            try (ChildNode node = ChildNode.startAt(port, dataDir)) {
                tab.awaitText("#connection", "Live").await("document.querySelector('#lost').hidden");
                tab.awaitText(".timeline", "Attempt 2 on ").awaitText("h1 + .badge", "Completed").awaitElement(".output-raw a");
                assertThat(tab.text("document.querySelector('.output-text').textContent"))
                        .isEqualTo(node.client().get("/api/v1/tasks/" + id + "/stdout").text());
                overview.awaitText("#connection", "Live").awaitText(".tasks", "Completed");
                // What they could not load in between is no fault of the pages.
                assertThat(tab.complaints()).allMatch(complaint -> complaint.contains("net::ERR_"));
                assertThat(overview.complaints()).allMatch(complaint -> complaint.contains("net::ERR_"));
            }
        } finally {
            TestDirectories.delete(dataDir);
        }
    }
}
