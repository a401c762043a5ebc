package io.zerostate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.zerostate.task.Bytes;
import io.zerostate.task.FileSet;
import io.zerostate.task.Limits;
import io.zerostate.wasm.Invocation;
import io.zerostate.wasm.WasmCase;
import java.io.FileNotFoundException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every case of {@code tests/wasm} through a whole node: uploaded over HTTP, submitted as a task, read as a result. */
class WasmCasesServiceIT {
    private static TestNode node;

    @BeforeAll
    static void start() {
        node = TestNode.start();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    static List<WasmCase> cases() {
        return WasmCase.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void endsAsTheCaseSays(WasmCase wasmCase) throws Exception {
        Invocation invocation = wasmCase.invocation();
        JsonClient.Answer upload = upload(wasmCase, invocation);
        if (wasmCase.expectsRejection()) {
            assertThat(upload.status()).as(upload.text()).isEqualTo(422);
            assertThat(upload.json().getString("type")).isEqualTo("urn:zerostate:error:INVALID_MODULE");
            wasmCase.checkRejection(upload.json().getString("detail"));
            return;
        }
        assertThat(upload.status()).as(upload.text()).isEqualTo(201);
        String agent = upload.json().getString("id");
        try {
            check(wasmCase, node.run(task(agent, invocation)));
        } finally {
            // The name is the program's argv[0], and the next case wants it again.
            assertThat(node.client().delete("/api/v1/agents/" + agent).status()).isEqualTo(204);
        }
    }

    private static JsonClient.Answer upload(WasmCase wasmCase, Invocation invocation) throws FileNotFoundException {
        Limits limits = invocation.limits();
        String capsOfOutput = new JsonObject()
                .put("stdout_bytes", limits.stdoutBytes())
                .put("stderr_bytes", limits.stderrBytes())
                .encode();
        String query = "?name=" + invocation.name() + "&limits=" + URLEncoder.encode(capsOfOutput, StandardCharsets.UTF_8);
        Path module = Path.of("tests", "wasm", wasmCase.module());
        return node.client().post("/api/v1/agents" + query, "application/wasm", BodyPublishers.ofFile(module));
    }

    private static JsonObject task(String agent, Invocation invocation) throws Exception {
        JsonObject env = new JsonObject();
        invocation.input().env().forEach(env::put);
        JsonObject task = new JsonObject()
                .put("agent_id", agent)
                .put("args", new JsonArray(invocation.input().args()))
                .put("env", env)
                .put("input_base64", Base64.getEncoder().encodeToString(invocation.stdin().readAllBytes()))
                .put("timeout_ms", invocation.limits().timeoutMs())
                .put("memory_bytes", invocation.limits().memoryBytes())
                .put("retry", new JsonObject().put("max_retries", 0));
        FileSet given = invocation.files();
        if (given != null) {
            JsonObject files = new JsonObject();
            given.files().forEach((path, content) ->
                    files.put(path, new JsonObject().put("base64", Base64.getEncoder().encodeToString(content.array()))));
            task.put("files", files).put("file_bytes", given.quotaBytes());
        }
        return task;
    }

    private static void check(WasmCase wasmCase, JsonObject task) {
        JsonObject failure = task.getJsonObject("failure");
        JsonObject result = task.getJsonObject("result");
        wasmCase.check(failure == null ? "completed" : failure.getString("kind"), result.getInteger("exit_code"));
        String base = "/api/v1/tasks/" + task.getString("id");
        wasmCase.checkOutput(
                Bytes.of(node.client().get(base + "/stdout").body()),
                Bytes.of(node.client().get(base + "/stderr").body()),
                result.getBoolean("truncated"));
    }
}
