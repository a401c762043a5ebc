package io.zerostate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A task that takes its whole node down with it, on nodes that were promised more memory for tasks than they have. */
@Tag("faults")
@ExtendWith(Stage.Extension.class)
class PoisonIT {
    /**
     * Takes 16 MiB at a time and writes to all of it, until the process has no more.
     *
     * <pre>{@code
     * (module (memory (export "memory") 1)
     *   (func (export "_start") (local $page i32)
     *     (loop
     *       (if (i32.eq (local.tee $page (memory.grow (i32.const 256))) (i32.const -1)) (then unreachable))
     *       (memory.fill (i32.shl (local.get $page) (i32.const 16)) (i32.const 1) (i32.const 16777216))
     *       (br 0))))
     * }</pre>
     */
    private static final byte[] POISON = HexFormat.of()
            .parseHex("0061736d01000000010401600000030201000503010001071302066d656d6f72790200065f737461727400000a28012601"
                    + "017f034041800240002200417f460440000b200041107441014180808008fc0b000c000b0b");

    private static final long MORE_THAN_THE_HEAP = 1L << 30;
    private static final int CRASHES = 3;
    private static final int NEIGHBOURS = 30;

    @Test
    void aTaskThatEndsItsNodeThreeTimesFailsAndItsNeighboursDoNot(Stage stage) throws Exception {
        FaultCluster cluster = stage.cluster();
        NodeClient client = cluster.nodes().getFirst().client();
        client.post("/api/v1/agents?name=poison", Map.of("Content-Type", "application/wasm"), POISON);
        try (FaultRun run = stage.run("a task that ends its node");
                Supervisor supervisor = new Supervisor(cluster.nodes())) {
            run.load().post(NEIGHBOURS);
            String key = run.keyPrefix() + UUID.randomUUID();
            NodeClient.Answer answer = client.submit(
                    key,
                    new JsonObject()
                            .put("agent_id", "poison")
                            .put("memory_bytes", MORE_THAN_THE_HEAP)
                            .put("timeout_ms", Duration.ofMinutes(1).toMillis()));
            assertThat(answer.status()).as(answer.body()).isEqualTo(202);
            String id = answer.json().getString("id");
            run.ledger().accepted(key, id);

            Duration recovery = run.awaitEndOfAccepted();
            supervisor.close();
            cluster.restore();
            FaultTable.Row row = run.conclude(recovery, "failed as lost; nodes started again: " + supervisor.restarts());
            stage.table().add(row);
            assertThat(row.violations()).isEmpty();
            assertThat(supervisor.restarts()).as("nodes that it took down").isBetween(1, CRASHES);
            assertPoisoned(cluster, id);
            assertUnharmed(cluster, run, id);
        }
    }

    private static void assertPoisoned(FaultCluster cluster, String id) throws Exception {
        JsonObject task = cluster.nodes().getFirst().client().get("/api/v1/tasks/" + id).json();
        assertThat(task.getString("status")).as(task.encode()).isEqualTo("failed");
        assertThat(task.getJsonObject("failure").getString("kind")).isEqualTo("lost");
        assertThat(task.getJsonArray("attempts")).hasSize(CRASHES);
    }

    /** Those that ran beside it the first time were hit once; from then on it ran alone. */
    private static void assertUnharmed(FaultCluster cluster, FaultRun run, String id) throws Exception {
        String query = "SELECT max(crashes) FROM tasks WHERE starts_with(idempotency_key, '" + run.keyPrefix() + "') AND id <> '"
                + id + "'";
        try (Connection connection = cluster.postgres().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            assertThat(row.getInt(1)).as("crashes of a neighbour").isLessThanOrEqualTo(1);
        }
    }
}
