package io.zerostate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** PostgreSQL did what it was asked for, and whoever asked does not learn of it and asks again. */
@Tag("faults")
@ExtendWith(Stage.Extension.class)
class LostAnswersIT {
    private static final int PARALLEL_POSTS = 50;
    private static final int PATIENCE_SECONDS = 30;

    /** Time to set the trap between a task's acceptance and its claim. */
    private static final int DELAY_MS = 2_000;

    @Test
    void aSubmitWhoseAnswerWasLostIsAcceptedOnce(Stage stage) throws Exception {
        FaultNode first = stage.cluster().nodes().getFirst();
        try (FaultRun run = stage.run("connection cut after COMMIT of a submit")) {
            String key = run.keyPrefix() + UUID.randomUUID();
            JsonObject task = Program.SHORT.task();
            CompletableFuture<Void> cut = first.network().postgres().cutBeforeAnswerTo(key);
            NodeClient.Answer unknown = first.client().submit(key, task);
            cut.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            NodeClient.Answer again = stage.cluster().nodes().getLast().client().submit(key, task);
            assertThat(again.status()).isEqualTo(202);
            run.ledger().accepted(key, again.json().getString("id"));
            if (unknown.status() == 202) {
                run.ledger().accepted(key, unknown.json().getString("id"));
            }
            conclude(stage, run, "first answer " + unknown.status() + ", second " + again.status() + ", one task");
        }
    }

    @Test
    void aFinishThatArrivesTwiceCountsOnce(Stage stage) throws Exception {
        try (FaultRun run = stage.run("connection cut after COMMIT of a finish")) {
            String mark = "mark-" + UUID.randomUUID();
            String id = submit(stage, run, Program.WITNESS.task().put("env", new JsonObject().put("MARK", mark)));
            CompletableFuture<Void> cut = trap(stage, mark);
            cut.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            run.awaitEnded(1);
            FaultTable.Row row = conclude(stage, run, "the same finish was sent twice");
            assertThat(row.figures().completed()).isEqualTo(1);
            assertThat(row.figures().extraAttempts()).as("attempts of %s", id).isZero();
            assertThat(row.staleFinishes()).as("the second one was refused").isEqualTo(1);
        }
    }

    @Test
    void aClaimWhoseAnswerWasLostIsTakenBack(Stage stage) throws Exception {
        try (FaultRun run = stage.run("connection cut after COMMIT of a claim")) {
            String id = submit(stage, run, Program.WITNESS.task());
            CompletableFuture<Void> cut = trap(stage, binary(UUID.fromString(id)));
            cut.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            FaultTable.Row row = conclude(stage, run, "claimed for nobody, taken back, and run");
            assertThat(row.figures().completed()).isEqualTo(1);
            assertThat(row.figures().extraAttempts()).isEqualTo(1);
        }
    }

    @Test
    void fiftyPostsOfOneKeyAreOneTask(Stage stage) throws Exception {
        try (FaultRun run = stage.run(PARALLEL_POSTS + " parallel posts with one Idempotency-Key")) {
            String key = run.keyPrefix() + UUID.randomUUID();
            List<FaultNode> nodes = stage.cluster().nodes();
            List<CompletableFuture<NodeClient.Answer>> answers = IntStream.range(0, PARALLEL_POSTS)
                    .mapToObj(i -> post(nodes.get(i % nodes.size()), key))
                    .toList();
            for (CompletableFuture<NodeClient.Answer> answer : answers) {
                assertThat(answer.join().status()).isEqualTo(202);
                run.ledger().accepted(key, answer.join().json().getString("id"));
            }
            FaultTable.Row row = conclude(stage, run, PARALLEL_POSTS + " answers with one id");
            assertThat(row.figures().accepted()).isEqualTo(1);
        }
    }

    private static CompletableFuture<NodeClient.Answer> post(FaultNode node, String key) {
        CompletableFuture<NodeClient.Answer> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                answer.complete(node.client().submit(key, Program.SHORT.task()));
            } catch (Exception failure) {
                answer.completeExceptionally(failure);
            }
        });
        return answer;
    }

    private static String submit(Stage stage, FaultRun run, JsonObject task) throws Exception {
        String key = run.keyPrefix() + UUID.randomUUID();
        NodeClient.Answer answer =
                stage.cluster().nodes().getFirst().client().submit(key, task.put("delay_ms", DELAY_MS));
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        run.ledger().accepted(key, answer.json().getString("id"));
        return answer.json().getString("id");
    }

    /** On whichever node the text passes first. */
    private static CompletableFuture<Void> trap(Stage stage, String text) {
        return CompletableFuture.anyOf(stage.cluster().nodes().stream()
                        .map(node -> node.network().postgres().cutBeforeAnswerTo(text))
                        .toArray(CompletableFuture[]::new))
                .thenApply(done -> null);
    }

    /** As PostgreSQL is sent it. */
    private static String binary(UUID id) {
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static FaultTable.Row conclude(Stage stage, FaultRun run, String observed) throws Exception {
        Duration recovery = run.awaitEndOfAccepted();
        FaultTable.Row row = run.conclude(recovery, observed);
        stage.table().add(row);
        assertThat(row.violations()).isEmpty();
        return row;
    }
}
