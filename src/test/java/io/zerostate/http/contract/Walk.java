package io.zerostate.http.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;

/** Good requests to every operation, each method a walk through those that belong together. */
final class Walk {

    private static final Path MODULES = Path.of("tests", "wasm");
    private static final String WASM = "application/wasm";
    private static final String NO_ID = "01980f4c-7c2e-7d15-a2f0-5e0c9c1b7a11";

    private final ContractClient client;

    Walk(ContractClient client) {
        this.client = client;
    }

    private ContractClient.Call call(String operationId) {
        return client.call(operationId);
    }

    private static HttpRequest.BodyPublisher module(String name) throws IOException {
        return HttpRequest.BodyPublishers.ofFile(MODULES.resolve(name));
    }

    JsonObject upload(String name, String file) throws IOException {
        return call("createAgent").query("name=" + name).body(WASM, module(file)).expect(201).json();
    }

    void agents() throws IOException {
        MultipartBody form = new MultipartBody()
                .field("name", "walk-form").field("description", "grüße").field("capabilities", "text, count")
                .field("capabilities", "[\"json\"]").field("version", "1.5").field("limits", "{\"timeout_ms\": 5000}")
                .file("wasm_binary", MODULES.resolve("hello_c.wasm"));
        JsonObject agent = call("createAgent").body(form.mediaType(), form.publisher()).expect(201).json();
        String id = agent.getString("id");
        assertThat(agent.getJsonArray("capabilities")).isEqualTo(JsonArray.of("text", "count", "json"));
        assertThat(agent.getString("version")).isEqualTo("1.5");
        assertThat(agent.getString("description")).isEqualTo("grüße");

        call("createAgent").query("name=walk-form").body(WASM, module("hello_c.wasm")).expectProblem(409, "AGENT_EXISTS");
        call("createAgent").query("name=walk-bad").body(WASM, module("not_wasm.bin")).expectProblem(422, "INVALID_MODULE");
        call("createAgent").query("name=walk-bad").body(WASM, module("no_start.wasm")).expectProblem(422, "INVALID_MODULE");

        assertThat(call("getAgent").path(id).expect(200).json()).isEqualTo(call("getAgent").path("walk-form").expect(200).json());
        call("getAgent").path("walk-nobody").expectProblem(404, "AGENT_NOT_FOUND");
        JsonObject page = call("listAgents").query("q=WALK-FORM&capability=count&limit=1").expect(200).json();
        assertThat(page.getJsonArray("items").getJsonObject(0).getString("id")).isEqualTo(id);
        assertThat(call("listAgents").query("q=walk-nobody").expect(200).json().getJsonArray("items")).isEmpty();

        JsonObject changed = call("updateAgent").path(id).json("{\"description\": \"other\"}").expect(200).json();
        assertThat(changed.getString("description")).isEqualTo("other");
        assertThat(changed.getJsonArray("capabilities")).isEqualTo(agent.getJsonArray("capabilities"));
        call("updateAgent").path(NO_ID).json("{\"description\": \"other\"}").expectProblem(404, "AGENT_NOT_FOUND");

        versions(id, agent.getString("sha256"));

        call("deleteAgent").path(id).expect(204);
        call("deleteAgent").path(id).expectProblem(404, "AGENT_NOT_FOUND");
        call("getAgent").path("walk-form").expectProblem(404, "AGENT_NOT_FOUND");
        assertThat(call("getAgent").path(id).expect(200).json().getString("deleted_at")).isNotNull();
        call("submitTask").json(new JsonObject().put("agent_id", id)).expectProblem(409, "AGENT_DELETED");
        call("submitTask").json(new JsonObject().put("agent_id", "walk-form")).expectProblem(404, "AGENT_NOT_FOUND");
    }

    private void versions(String id, String sha256) throws IOException {
        Exchange binary = call("getAgentBinary").path(id).expect(200);
        assertThat(binary.header("ETag")).isEqualTo('"' + sha256 + '"');
        call("getAgentBinary").path(id).header("If-None-Match", binary.header("ETag")).expect(304);
        call("getAgentBinary").path(NO_ID).expectProblem(404, "AGENT_NOT_FOUND");

        JsonObject version =
                call("createAgentVersion").path(id).body(WASM, module("exit_0.wasm")).expect(201).json();
        assertThat(version.getInteger("version_number")).isEqualTo(2);
        call("createAgentVersion").path(id).query("name=another").body(WASM, module("exit_0.wasm"))
                .expectProblem(400, "INVALID_REQUEST");
        call("createAgentVersion").path(NO_ID).body(WASM, module("exit_0.wasm")).expectProblem(404, "AGENT_NOT_FOUND");

        JsonObject first = call("listAgentVersions").path(id).query("limit=1").expect(200).json();
        assertThat(first.getJsonArray("items").getJsonObject(0)).isEqualTo(version);
        JsonObject second = call("listAgentVersions").path(id)
                .query("limit=1&cursor=" + first.getString("next_cursor")).expect(200).json();
        assertThat(second.getJsonArray("items").getJsonObject(0).getString("sha256")).isEqualTo(sha256);
        assertThat(second.getString("next_cursor")).isNull();
        call("listAgentVersions").path(NO_ID).expectProblem(404, "AGENT_NOT_FOUND");
    }

    void finishedTasks() throws IOException {
        upload("walk-count", "wordcount.wasm");
        JsonObject task = call("submitTask").query("wait=1m")
                .json("{\"agent_id\": \"walk-count\", \"input\": \"to be or\\nnot to be\\n\", \"query\": \"count\", \"metadata\": {\"a\": [1]}}")
                .expect(200).json();
        String id = task.getString("id");
        assertThat(task.getString("status")).isEqualTo("completed");
        assertThat(task.getJsonObject("metadata")).isEqualTo(new JsonObject("{\"a\": [1]}"));
        assertThat(task.getJsonArray("attempts")).hasSize(1);

        JsonObject result = call("getTaskResult").path(id).expect(200).json();
        assertThat(task.getJsonObject("result")).isEqualTo(result);
        assertThat(call("getTaskStdout").path(id).expect(200).text()).isEqualTo(result.getString("stdout"));
        call("getTaskStderr").path(id).expect(200);
        call("getTaskInput").path(id).expect(200);
        assertThat(call("getTask").path(id).expect(200).json().getString("status")).isEqualTo("completed");
        assertThat(call("getTaskStatus").path(id).expect(200).json().getInteger("progress")).isEqualTo(100);
        call("cancelTask").path(id).expectProblem(409, "TASK_FINISHED");
        JsonObject rerun = call("executeTask").path(id).expect(202).json();
        assertThat(rerun.getString("rerun_of")).isEqualTo(id);

        JsonObject newest = call("listTasks").query("limit=1&status=completed&agent_id=walk-count").expect(200).json();
        assertThat(newest.getJsonArray("items")).hasSize(1);
        JsonObject results = call("listResults").query("limit=1&agent_id=walk-count").expect(200).json();
        assertThat(results.getJsonArray("items")).hasSize(1);
        for (String operation : new String[] {"getTask", "getTaskStatus", "getTaskResult", "getTaskStdout", "getTaskStderr", "getTaskInput",
            "cancelTask", "executeTask"}) {
            call(operation).path(NO_ID).expectProblem(404, "TASK_NOT_FOUND");
        }
        call("streamTaskEvents").path(NO_ID).expectProblem(404, "TASK_NOT_FOUND");
    }

    void unfinishedTasks() throws IOException, InterruptedException {
        upload("walk-endless", "endless.wasm");
        String waiting = submit("{\"agent_id\": \"walk-endless\", \"delay_ms\": 3600000}");
        call("getTaskResult").path(waiting).expectProblem(409, "TASK_NOT_FINISHED");
        call("getTaskStdout").path(waiting).expectProblem(409, "TASK_NOT_FINISHED");
        call("getTaskStderr").path(waiting).expectProblem(409, "TASK_NOT_FINISHED");
        assertThat(client.firstLine("streamTaskEvents", waiting)).isNotEmpty();
        assertThat(client.firstLine("streamEvents", null)).isNotEmpty();

        assertThat(call("executeTask").path(waiting).expect(202).json().getString("id")).isEqualTo(waiting);
        while (!call("getTaskStatus").path(waiting).expect(200).json().getString("status").equals("running")) {
            // Each turn is a whole request, answered from the database.
        }
        call("executeTask").path(waiting).expectProblem(409, "TASK_RUNNING");
        call("cancelTask").path(waiting).expect(202);

        String delayed = submit("{\"agent_id\": \"walk-endless\", \"run_at\": \"2099-01-01T00:00:00Z\"}");
        assertThat(call("cancelTask").path(delayed).expect(200).json().getString("status")).isEqualTo("cancelled");
        JsonObject result = call("getTaskResult").path(delayed).expect(200).json();
        assertThat(result.getJsonObject("failure").getString("kind")).isEqualTo("cancelled");
        assertThat(result.getInteger("attempt")).isZero();

        call("submitTask").query("wait=1ms").json("{\"agent_id\": \"walk-endless\", \"delay_ms\": 60000}").expect(202);
    }

    void submissions() throws IOException {
        upload("walk-many", "exit_0.wasm");
        String batch = "[{\"agent_id\": \"walk-many\"}, {\"agent_id\": 5}, {\"agent_id\": \"walk-nobody\"}]";
        JsonArray items = call("submitTaskBatch").json(batch).expect(202).json().getJsonArray("items");
        assertThat(items.getJsonObject(0).getString("agent_name")).isEqualTo("walk-many");
        assertThat(items.getJsonObject(1).getString("type")).endsWith("INVALID_REQUEST");
        assertThat(items.getJsonObject(2).getString("type")).endsWith("AGENT_NOT_FOUND");
        String lines = "{\"agent_id\": \"walk-many\"}\n\n{\"agent_id\"\n";
        items = call("submitTaskBatch")
                .body("application/x-ndjson", HttpRequest.BodyPublishers.ofString(lines))
                .expect(202).json().getJsonArray("items");
        assertThat(items).hasSize(2);
        call("submitTaskBatch").json("[]").expectProblem(400, "INVALID_REQUEST");
        call("submitTaskBatch").json("[" + "1,".repeat(1_000) + "1]").expectProblem(422, "LIMIT_EXCEEDED");

        String body = "{\"agent_id\": \"walk-many\", \"args\": [\"once\"]}";
        String first = call("submitTask").header("Idempotency-Key", "walk 1/2").json(body).expect(202).json().getString("id");
        Exchange again = call("submitTask").header("Idempotency-Key", "walk 1/2").query("wait=1m").json(body).expect(200);
        assertThat(again.json().getString("id")).isEqualTo(first);
        call("submitTask").header("Idempotency-Key", "walk 1/2").json("{\"agent_id\": \"walk-many\"}")
                .expectProblem(422, "IDEMPOTENCY_MISMATCH");
    }

    void node() {
        JsonObject queue = call("getQueue").expect(200).json();
        assertThat(call("getHistory").expect(200).json().getInteger("step_ms")).isEqualTo(10_000);
        assertThat(queue.getJsonObject("depth").fieldNames()).containsExactly("queued", "running", "retrying");
        assertThat(call("getHealth").expect(200).json().getString("status")).isEqualTo("up");
        call("getReadiness").expect(200);
        call("getLiveness").expect(200);
        assertThat(call("getMetrics").expect(200).text()).contains("zerostate_");
        assertThat(call("getOpenApi").expect(200).text()).startsWith("openapi: 3.1");
        assertThat(call("getDocs").expect(200).text()).contains("swagger-ui");
        assertThat(call("getConsole").expect(200).text()).contains("ZeroState");
        call("getEventBus").expect(200);
    }

    private String submit(String json) {
        return call("submitTask").json(json).expect(202).json().getString("id");
    }
}
