package io.zerostate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.zerostate.wasm.AttackModules;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A thousand modules, each another, uploaded and run one after the other: {@code mvn -B verify -Pattacks -Dit.test=ManyModulesIT}. */
@Tag("attacks")
class ManyModulesIT {
    /** The cache of modules holds a few dozen, and is full after these. */
    private static final int WARM_UP = 300;
    private static final int MODULES = 1_000;
    private static final long HEAP_MAY_GROW_BYTES = 16L << 20;
    private static final long METASPACE_MAY_GROW_BYTES = 8L << 20;

    @Test
    void aThousandModulesInARowLeaveMetaspaceAndHeapFlat() throws Exception {
        Path dataDir = ChildNode.newDataDir();
        Path config = Files.writeString(dataDir.resolve("node.json"), "{\"execution\": {\"module_cache\": \"4MiB\"}}");
        try (ChildNode node = ChildNode.start(dataDir, "--config", config.toString())) {
            run(node, 0, WARM_UP);
            NodeMemory before = NodeMemory.afterCollection(node);
            run(node, WARM_UP, WARM_UP + MODULES);
            NodeMemory after = NodeMemory.afterCollection(node);
            System.out.printf(Locale.ROOT, "%d modules, each another: before %s, after %s%n", MODULES, before, after);
            assertThat(after.heapBytes() - before.heapBytes()).isLessThan(HEAP_MAY_GROW_BYTES);
            assertThat(after.metaspaceBytes() - before.metaspaceBytes()).isLessThan(METASPACE_MAY_GROW_BYTES);
        }
        TestDirectories.delete(dataDir);
    }

    private static void run(ChildNode node, int from, int to) {
        for (int code = from; code < to; code++) {
            JsonClient.Answer uploaded = node.client()
                    .post(
                            "/api/v1/agents?name=many-" + code,
                            "application/wasm",
                            BodyPublishers.ofByteArray(AttackModules.exitingWith(code).array()));
            assertThat(uploaded.status()).as(uploaded.toString()).isEqualTo(201);
            JsonObject task = new JsonObject()
                    .put("agent_id", "many-" + code)
                    .put("retry", new JsonObject().put("max_retries", 0));
            JsonObject ended = node.client().post("/api/v1/tasks?wait=60s", task).json();
            assertThat(ended.getJsonObject("result").getInteger("exit_code")).as(ended.encode()).isEqualTo(code);
        }
    }
}
