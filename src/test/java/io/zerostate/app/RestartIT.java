package io.zerostate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was accepted ends, also when the node is killed on the way. */
class RestartIT {
    private static final int TASKS = 200;

    @Test
    void everyAcceptedTaskEndsOnceAfterAKillInTheMiddle() throws Exception {
        Path dataDir = ChildNode.newDataDir();
        List<String> ids;
        try (ChildNode node = ChildNode.start(dataDir)) {
            node.upload("ticker.wasm", "ticker");
            ids = submitBatch(node, "ticker", TASKS);
            awaitCompleted(node, ids, 10);
            node.process().kill();
            node.process().exitCode();
        }
        try (ChildNode node = ChildNode.start(dataDir)) {
            int attempts = 0;
            for (String id : ids) {
                JsonObject task = awaitEnd(node, id);
                assertThat(task.getString("status")).as(task.encode()).isEqualTo("completed");
                assertThat(task.getJsonArray("attempts")).hasSize(task.getInteger("attempt"));
                assertThat(completions(task)).isEqualTo(1);
                assertThat(node.client().get("/api/v1/tasks/" + id + "/result").json().getString("stdout")).isNotEmpty();
                attempts += task.getInteger("attempt");
            }
            assertThat(countResults(node)).isEqualTo(TASKS);
            assertThat(attempts).as("some task ran when the node was killed").isGreaterThan(TASKS);
            node.process().terminate();
            assertThat(node.process().exitCode()).isZero();
        }
        TestDirectories.delete(dataDir);
    }

    @Test
    void aTaskThatWaitsForItsRetryIsTriedAgainAfterARestart() throws Exception {
        Path dataDir = ChildNode.newDataDir();
        String id;
        try (ChildNode node = ChildNode.start(dataDir)) {
            node.upload("exit_3.wasm", "failing");
            JsonObject retry = new JsonObject().put("max_retries", 1).put("delay_ms", 3_000);
            id = node.submit(new JsonObject().put("agent_id", "failing").put("retry", retry));
            new EventStream(node.uri(), id).awaitStatus("retrying");
            node.process().kill();
            node.process().exitCode();
        }
        try (ChildNode node = ChildNode.start(dataDir)) {
            JsonObject task = awaitEnd(node, id);
            assertThat(task.getString("status")).isEqualTo("failed");
            assertThat(task.getInteger("attempt")).isEqualTo(2);
            assertThat(task.getJsonObject("failure").getString("kind")).isEqualTo("exit");
        }
        TestDirectories.delete(dataDir);
    }

    private static List<String> submitBatch(ChildNode node, String agent, int count) {
        JsonArray batch = new JsonArray();
        for (int i = 0; i < count; i++) {
            batch.add(new JsonObject().put("agent_id", agent).put("args", new JsonArray().add("3").add("20")));
        }
        JsonClient.Answer answer = node.client().post("/api/v1/tasks/batch", batch);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        List<String> ids = new ArrayList<>();
        answer.json().getJsonArray("items").stream().map(JsonObject.class::cast).forEach(task -> ids.add(task.getString("id")));
        return ids;
    }

    /** Waits for the end of so many of these tasks, in the order of their submission. */
    private static void awaitCompleted(ChildNode node, List<String> ids, int count) throws Exception {
        for (String id : ids.subList(0, count)) {
            awaitEnd(node, id);
        }
    }

    private static JsonObject awaitEnd(ChildNode node, String id) throws Exception {
        new EventStream(node.uri(), id).awaitEnd();
        return node.client().get("/api/v1/tasks/" + id).json();
    }

    private static long completions(JsonObject task) {
        return task.getJsonArray("attempts").stream()
                .map(JsonObject.class::cast)
                .filter(attempt -> Integer.valueOf(0).equals(attempt.getInteger("exit_code")))
                .count();
    }

    private static int countResults(ChildNode node) {
        int count = 0;
        String cursor = "";
        do {
            JsonObject page = node.client().get("/api/v1/tasks/results?limit=200" + cursor).json();
            count += page.getJsonArray("items").size();
            cursor = page.getString("next_cursor") == null ? "" : "&cursor=" + page.getString("next_cursor");
        } while (!cursor.isEmpty());
        return count;
    }
}
