package io.zerostate.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A worker that no interrupt reaches: a debugger holds its thread. */
class StuckNodeIT {
    @Test
    void aNodeWhoseOnlyWorkerIsStuckEndsAndTheNextOneGoesOn() throws Exception {
        Path dataDir = ChildNode.newDataDir();
        Path config = Files.writeString(dataDir.resolve("node.json"), "{\"execution\": {\"slots\": 1}}");
        Map<String, String> debuggable =
                Map.of("JAVA_TOOL_OPTIONS", "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:0");
        String held;
        String waiting;
        try (ChildNode node = ChildNode.start(debuggable, dataDir, "--config", config.toString())) {
            node.upload("ticker.wasm", "ticker");
            node.upload("hello_c.wasm", "hello");
            held = node.submit(new JsonObject()
                    .put("agent_id", "ticker")
                    .put("args", new JsonArray().add("1000").add("20"))
                    .put("timeout_ms", 3_000)
                    .put("retry", new JsonObject().put("max_retries", 0)));
            new EventStream(node.uri(), held).awaitStatus("running");
            attach(node.process().pid()).allThreads().stream()
                    .filter(thread -> thread.name().startsWith("zerostate-worker"))
                    .forEach(ThreadReference::suspend);
            waiting = node.submit(new JsonObject().put("agent_id", "hello"));
            assertThat(node.process().exitCode()).isEqualTo(1);
            assertThat(node.process().err()).contains("All 1 workers are stuck");
        }
        try (ChildNode node = ChildNode.start(dataDir, "--config", config.toString())) {
            assertThat(node.client().get("/api/v1/tasks/" + held).json().getJsonObject("failure").getString("kind"))
                    .isEqualTo("timeout");
            new EventStream(node.uri(), waiting).awaitStatus("completed");
        }
        TestDirectories.delete(dataDir);
    }

    private static VirtualMachine attach(long pid) throws Exception {
        AttachingConnector processes = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(connector -> connector.name().equals("com.sun.jdi.ProcessAttach"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = processes.defaultArguments();
        arguments.get("pid").setValue(Long.toString(pid));
        return processes.attach(arguments);
    }
}
