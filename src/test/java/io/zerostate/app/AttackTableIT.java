package io.zerostate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.zerostate.wasm.AttackModules;
import io.zerostate.wasm.AttackModules.Attack;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every attack, through {@code zerostate run} and through a node that runs other tasks beside it: what became of it, how long it held its
 * slot, what it left on the heap, and what the neighbours felt. {@code mvn -B verify -Pattacks} prints the table, and leaves it in
 * {@code target/attacks.txt}.
 */
@Tag("attacks")
class AttackTableIT {
    private static final long TIMEOUT_MS = 1_000;
    /** One for the attack, one for its neighbours. */
    private static final int SLOTS = 2;
    private static final long SLOT_IS_FREE_AFTER_MS = 1_000;
    /** What a node that has served for a while holds more than one that has just started. */
    private static final long HEAP_MAY_GROW_BYTES = 16L << 20;

    @TempDir
    Path directory;

    /**
     * @param outcome {@code refused}, {@code completed}, or the kind of failure
     * @param prepareMs of the upload: gate, parser and compiler
     * @param heldMs from the start of its attempt to its end; 0 when nothing ran
     * @param memory in use after a collection, when it was over
     * @param neighbours tasks that ran meanwhile
     * @param exitCode of {@code zerostate run}
     */
    private record Row(
            Attack attack, String outcome, long prepareMs, long heldMs, NodeMemory memory, Neighbours.Seen neighbours, int exitCode) {}

    @Test
    void noAttackTakesANodeItsSlotsItsHeapOrItsNeighboursTimeAway() throws Exception {
        List<Row> rows = new ArrayList<>();
        NodeMemory before;
        Neighbours.Seen alone;
        try (ChildNode node = ChildNode.start(ChildNode.newDataDir(), "--config", config().toString())) {
            node.upload("hello_c.wasm", "neighbour");
            try (Neighbours neighbours = Neighbours.start(node.uri())) {
                neighbours.seen(200);
                alone = neighbours.seen(100);
                before = NodeMemory.afterCollection(node);
                for (Attack attack : AttackModules.all()) {
                    rows.add(attack(node, neighbours, attack));
                }
            }
            assertThat(node.client().get("/health/ready").status()).isEqualTo(200);
            awaitIdle(node);
        }
        assertThat(before.withoutModules()).as("the heap of a node, bytes").isPositive();
        String table = table(rows, before, alone);
        Files.writeString(Path.of("target", "attacks.txt"), table);
        System.out.println(table);
        for (Row row : rows) {
            assertThat(row.outcome()).as("%s, as a task", row.attack()).isIn(row.attack().outcomes());
            assertThat(row.exitCode()).as("%s, by zerostate run", row.attack()).isIn(row.attack().exitCodes());
            assertThat(row.heldMs()).as("%s, ms", row.attack()).isLessThan(TIMEOUT_MS + SLOT_IS_FREE_AFTER_MS);
            assertThat(row.memory().withoutModules() - before.withoutModules())
                    .as("%s, bytes", row.attack())
                    .isLessThan(HEAP_MAY_GROW_BYTES);
            assertThat(row.neighbours().failed()).as("neighbours of %s", row.attack()).isZero();
        }
    }

    private Path config() throws IOException {
        return Files.writeString(directory.resolve("node.json"), "{\"execution\": {\"slots\": " + SLOTS + "}}");
    }

    /** A node says once a second how its workers are. */
    private static void awaitIdle(ChildNode node) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        JsonObject workers;
        do {
            workers = node.client().get("/api/v1/queue").json().getJsonObject("workers");
        } while (workers.getInteger("busy") > 0 && System.nanoTime() < end);
        assertThat(workers.getInteger("busy")).isZero();
        assertThat(workers.getInteger("idle")).as("no worker is stuck").isEqualTo(SLOTS);
    }

    private Row attack(ChildNode node, Neighbours neighbours, Attack attack) throws Exception {
        Path module = Files.write(directory.resolve("attack.wasm"), attack.wasm().array());
        int exitCode = run(module);
        neighbours.forget();
        Instant sent = Instant.now();
        JsonClient.Answer uploaded = node.client()
                .post("/api/v1/agents?name=attack", "application/wasm", BodyPublishers.ofFile(module));
        long prepareMs = Duration.between(sent, Instant.now()).toMillis();
        if (uploaded.status() == 422) {
            Neighbours.Seen seen = neighbours.seen(1);
            return new Row(attack, "refused", prepareMs, 0, NodeMemory.afterCollection(node), seen, exitCode);
        }
        assertThat(uploaded.status()).as(uploaded.toString()).isEqualTo(201);
        String id = node.submit(new JsonObject()
                .put("agent_id", "attack")
                .put("input", "x")
                .put("files", new JsonObject().put("given", "x"))
                .put("timeout_ms", TIMEOUT_MS)
                .put("stdout_bytes", 256 << 10)
                .put("retry", new JsonObject().put("max_retries", 0)));
        JsonObject task = ended(node, id);
        Neighbours.Seen seen = neighbours.seen(1);
        node.client().delete("/api/v1/agents/" + uploaded.json().getString("id"));
        return new Row(attack, outcome(task), prepareMs, held(task), NodeMemory.afterCollection(node), seen, exitCode);
    }

    private static int run(Path module) throws Exception {
        String[] command = {"run", module.toString(), "--file", "given=" + module, "--timeout", TIMEOUT_MS + "ms"};
        try (ChildProcess process = ChildProcess.start(command)) {
            return process.input(new byte[] {'x'}).exitCode();
        }
    }

    private static JsonObject ended(ChildNode node, String id) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        JsonObject task = node.client().get("/api/v1/tasks/" + id).json();
        while (task.getString("finished_at") == null && System.nanoTime() < end) {
            task = node.client().get("/api/v1/tasks/" + id).json();
        }
        return task;
    }

    private static String outcome(JsonObject task) {
        JsonObject failure = task.getJsonObject("failure");
        return failure == null ? task.getString("status") : failure.getString("kind");
    }

    private static long held(JsonObject task) {
        JsonObject attempt = task.getJsonArray("attempts").getJsonObject(0);
        return Duration.between(Instant.parse(attempt.getString("started_at")), Instant.parse(attempt.getString("finished_at")))
                .toMillis();
    }

    private static String table(List<Row> rows, NodeMemory before, Neighbours.Seen alone) {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "%-38s %-16s %4s %9s %8s %9s %9s%n",
                "attack", "outcome", "exit", "upload ms", "held ms", "heap MiB", "p99 ms"));
        table.append(line("(neighbours alone)", "", "", "", "", before.heapBytes(), alone));
        for (Row row : rows) {
            table.append(line(
                    row.attack().name(),
                    row.outcome(),
                    Integer.toString(row.exitCode()),
                    Long.toString(row.prepareMs()),
                    Long.toString(row.heldMs()),
                    row.memory().heapBytes(),
                    row.neighbours()));
        }
        return table.toString();
    }

    private static String line(
            String name, String outcome, String exit, String upload, String held, long heapBytes, Neighbours.Seen seen) {
        return String.format(
                Locale.ROOT,
                "%-38s %-16s %4s %9s %8s %9.1f %5d of %d%n",
                name, outcome, exit, upload, held, heapBytes / (double) (1 << 20), seen.p99Ms(), seen.tasks());
    }
}
