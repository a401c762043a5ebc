package io.zerostate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A cancel that was acknowledged holds, whatever the task was doing. */
@Tag("faults")
@ExtendWith(Stage.Extension.class)
class CancelStagesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int HOUR_MS = 3_600_000;

    private Stage stage;
    private FaultRun run;

    @Test
    void noSuccessAfterAnAcknowledgedCancelAtAnyStage(Stage given) throws Exception {
        stage = given;
        try (FaultRun opened = stage.run("cancel at every stage")) {
            run = opened;
            String finished = submit(Program.SHORT.task());
            awaitStatus(finished, "completed");
            assertThat(cancel(finished)).as("finished").isEqualTo(409);

            assertThat(cancel(submit(Program.SHORT.task().put("delay_ms", HOUR_MS)))).as("delayed").isEqualTo(200);

            String retrying = submit(Program.FAILING
                    .task()
                    .put("retry", new JsonObject().put("max_retries", 1).put("delay_ms", HOUR_MS)));
            awaitStatus(retrying, "retrying");
            assertThat(cancel(retrying)).as("retrying").isEqualTo(200);

            String running = submit(longer());
            awaitStatus(running, "running");
            Duration stopped = cancelRunning(running);

            cancelWaiting();
            cancelClaimed();

            FaultTable.Row row = run.conclude(stopped, "a run was stopped after " + stopped.toMillis() + " ms");
            stage.table().add(row);
            assertThat(row.violations()).isEmpty();
            assertThat(row.figures().completed()).isEqualTo(1);
        } finally {
            stage.cluster().restore();
        }
    }

    private Duration cancelRunning(String id) throws IOException {
        Instant asked = Instant.now();
        assertThat(cancel(id)).as("running").isEqualTo(202);
        awaitStatus(id, "cancelled");
        return Duration.between(asked, Instant.now());
    }

    /** Behind as many as there are workers. */
    private void cancelWaiting() throws IOException {
        int workers = stage.cluster().nodes().size() * FaultCluster.SLOTS;
        String[] busy = new String[workers];
        for (int i = 0; i < workers; i++) {
            busy[i] = submit(longer());
        }
        for (String id : busy) {
            awaitStatus(id, "running");
        }
        String waiting = submit(longer());
        assertThat(cancel(waiting)).as("waiting").isEqualTo(200);
        for (String id : busy) {
            assertThat(cancel(id)).isEqualTo(202);
        }
    }

    /** Between its claim and its start, while its node stands still. */
    private void cancelClaimed() throws IOException {
        FaultNode node = stage.cluster().nodes().getLast();
        node.terminate();
        node.startWithFailPoint("claimed:1:pause");
        String claimed = "";
        while (!node.isPaused()) {
            claimed = submit(longer());
            awaitStatus(claimed, "running");
            assertThat(cancel(claimed)).as("claimed").isEqualTo(202);
        }
        node.resume();
        awaitStatus(claimed, "cancelled");
        node.terminate();
        node.start();
    }

    private static JsonObject longer() {
        return Program.LONG.task().put("args", new JsonArray().add("600").add("100")).put("timeout_ms", 120_000);
    }

    private String submit(JsonObject task) throws IOException {
        String key = run.keyPrefix() + UUID.randomUUID();
        NodeClient.Answer answer = client().submit(key, task);
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        run.ledger().accepted(key, answer.json().getString("id"));
        return answer.json().getString("id");
    }

    private int cancel(String id) throws IOException {
        NodeClient.Answer answer = client().delete("/api/v1/tasks/" + id);
        if (answer.status() == 200 || answer.status() == 202) {
            run.ledger().cancelled(id);
        }
        return answer.status();
    }

    private void awaitStatus(String id, String status) {
        Waiting.until(id + " is " + status, PATIENCE, () -> {
            JsonObject task = client().get("/api/v1/tasks/" + id + "/status").json();
            return status.equals(task.getString("status"));
        });
    }

    private NodeClient client() {
        return stage.cluster().nodes().getFirst().client();
    }
}
