package io.zerostate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.zerostate.binary.s3.S3Server;
import io.zerostate.config.S3Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Without S3 a node runs what it has at hand, and the rest waits. */
@Tag("faults")
@ExtendWith(Stage.Extension.class)
class S3AwayIT {
    private static final int NODES = 2;
    private static final int PER_SECOND = 10;
    private static final int WARM = 60;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String NEW_AGENT = "factor";

    @Test
    void whatIsAtHandRunsAndTheRestWaitsForS3(Stage stage) throws Exception {
        try (S3Server s3 = new S3Server();
                FaultCluster cluster = FaultCluster.start(NODES, settings(s3.settings()), stage.chance("s3"));
                FaultRun run = new FaultRun(cluster, "S3 away", stage.seed())) {
            run.load().start(PER_SECOND);
            run.awaitEnded(WARM);
            FaultNode uploader = cluster.nodes().getFirst();
            FaultNode other = cluster.nodes().getLast();
            upload(uploader);
            s3.stop();
            // The only one that has the new module at hand.
            uploader.kill();
            String waiting = submit(other, run);
            Waiting.until("the task of the new module waits for S3", PATIENCE, () -> {
                JsonObject task = task(other, waiting);
                return "retrying".equals(task.getString("status"))
                        && task.getJsonObject("failure").getString("message").contains("S3");
            });
            run.load().stop();
            awaitAllBut(run, 1);

            s3.start();
            Duration recovery = run.awaitEndOfAccepted();
            uploader.start();
            FaultTable.Row row = run.conclude(recovery, "what was at hand ran meanwhile, the new module waited");
            stage.table().add(row);
            assertThat(row.violations()).isEmpty();
            assertThat(task(other, waiting).getString("status")).isEqualTo("completed");
            assertThat(task(other, waiting).getInteger("retries")).isZero();
        }
    }

    private static Map<String, String> settings(S3Settings s3) {
        Map<String, String> settings = new HashMap<>(Times.SHORT.environment());
        settings.put("ZEROSTATE_S3_BUCKET", s3.bucket());
        settings.put("ZEROSTATE_S3_ENDPOINT", s3.endpoint());
        settings.put("ZEROSTATE_S3_PATH_STYLE", Boolean.toString(s3.pathStyle()));
        settings.put("ZEROSTATE_S3_ACCESS_KEY", s3.accessKey());
        settings.put("ZEROSTATE_S3_SECRET_KEY", s3.secretKey());
        return settings;
    }

    private static void upload(FaultNode node) throws IOException {
        NodeClient.Answer answer = node.client()
                .post(
                        "/api/v1/agents?name=" + NEW_AGENT,
                        Map.of("Content-Type", "application/wasm"),
                        Files.readAllBytes(Path.of("tests", "wasm", NEW_AGENT + ".wasm")));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    private static String submit(FaultNode node, FaultRun run) throws IOException {
        String key = run.keyPrefix() + UUID.randomUUID();
        NodeClient.Answer answer = node.client()
                .submit(key, new JsonObject().put("agent_id", NEW_AGENT).put("input", "91"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        String id = answer.json().getString("id");
        run.ledger().accepted(key, id);
        return id;
    }

    private static JsonObject task(FaultNode node, String id) throws IOException {
        return node.client().get("/api/v1/tasks/" + id).json();
    }

    private static void awaitAllBut(FaultRun run, int waiting) {
        run.awaitEnded(run.ledger().ids().size() - waiting);
    }
}
