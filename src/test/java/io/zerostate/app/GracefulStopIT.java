package io.zerostate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** SIGTERM: what runs may end, what does not end goes back in line, and nothing is lost. */
class GracefulStopIT {

    @Test
    void aRunningTaskEndsBeforeTheNodeDoes() throws Exception {
        Path dataDir = ChildNode.newDataDir();
        String id;
        try (ChildNode node = ChildNode.start(dataDir)) {
            node.upload("ticker.wasm", "ticker");
            id = node.submit(new JsonObject().put("agent_id", "ticker").put("args", new JsonArray().add("10").add("200")));
            new EventStream(node.uri(), id).awaitStatus("running");
            node.process().terminate();
            assertThat(node.process().exitCode()).isZero();
            assertThat(node.process().out()).as("stdout has the one line").hasLineCount(1);
        }
        try (ChildNode node = ChildNode.start(dataDir)) {
            JsonObject task = node.client().get("/api/v1/tasks/" + id).json();
            assertThat(task.getString("status")).as(task.encode()).isEqualTo("completed");
            assertThat(task.getInteger("attempt")).isEqualTo(1);
        }
        TestDirectories.delete(dataDir);
    }

    @Test
    void whatOutlastsTheGraceIsHandedBackWithoutABurntAttempt() throws Exception {
        Path dataDir = ChildNode.newDataDir();
        Path config = Files.writeString(dataDir.resolve("node.json"), "{\"node\": {\"grace\": \"500ms\"}}");
        String id;
        try (ChildNode node = ChildNode.start(dataDir, "--config", config.toString())) {
            node.upload("ticker.wasm", "ticker");
            JsonObject noRetries = new JsonObject().put("max_retries", 0);
            id = node.submit(new JsonObject()
                    .put("agent_id", "ticker")
                    .put("args", new JsonArray().add("40").add("100"))
                    .put("retry", noRetries));
            new EventStream(node.uri(), id).awaitStatus("running");
            node.process().terminate();
            assertThat(node.process().exitCode()).isZero();
        }
        try (ChildNode node = ChildNode.start(dataDir, "--config", config.toString())) {
            new EventStream(node.uri(), id).awaitEnd();
            JsonObject task = node.client().get("/api/v1/tasks/" + id).json();
            assertThat(task.getString("status")).as(task.encode()).isEqualTo("completed");
            JsonObject first = task.getJsonArray("attempts").getJsonObject(0);
            assertThat(first.getValue("failure")).as("handing back is no failure: %s", first).isNull();
        }
        TestDirectories.delete(dataDir);
    }

    @Test
    void nothingOfTheDatabaseIsLeftRunning() throws Exception {
        Path dataDir = ChildNode.newDataDir();
        try (ChildNode node = ChildNode.start(dataDir)) {
            assertThat(dataDir.resolve("postgres/postmaster.pid")).exists();
            node.process().terminate();
            assertThat(node.process().exitCode()).isZero();
        }
        assertThat(dataDir.resolve("postgres/postmaster.pid")).doesNotExist();
        TestDirectories.delete(dataDir);
    }
}
