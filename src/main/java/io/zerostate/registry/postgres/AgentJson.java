package io.zerostate.registry.postgres;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.zerostate.agent.Manifest;
import io.zerostate.agent.ModuleReport;
import io.zerostate.task.LimitOverrides;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is kept of agents as JSON: nothing is ever searched for in it. */
final class AgentJson {
    private AgentJson() {}

    static String write(LimitOverrides limits) {
        return json(limits).encode();
    }

    static LimitOverrides readLimits(String text) {
        JsonObject json = new JsonObject(text);
        return new LimitOverrides(
                json.getLong("timeout_ms"),
                json.getLong("memory_bytes"),
                json.getLong("stdout_bytes"),
                json.getLong("stderr_bytes"),
                json.getLong("input_bytes"),
                json.getLong("host_calls"),
                json.getLong("file_bytes"));
    }

    /** For people who look into the table: what the version was uploaded with. */
    static String write(Manifest manifest) {
        return new JsonObject()
                .put("description", manifest.description())
                .put("capabilities", new JsonArray(manifest.capabilities()))
                .put("limits", json(manifest.limits()))
                .encode();
    }

    static String write(ModuleReport report) {
        return new JsonObject()
                .put("imports", new JsonArray(report.imports()))
                .put("memory_min_bytes", report.memoryMinBytes())
                .put("memory_max_bytes", report.memoryMaxBytes())
                .put("functions", report.functions())
                .put("interpreted_functions", report.interpretedFunctions())
                .put("compile_ms", report.compileMs())
                .put("warnings", new JsonArray(report.warnings()))
                .put("gate_version", report.gateVersion())
                .put("made_with", new JsonArray(report.madeWith()))
                .encode();
    }

    static ModuleReport readReport(String text) {
        JsonObject json = new JsonObject(text);
        return new ModuleReport(
                texts(json.getJsonArray("imports")),
                json.getLong("memory_min_bytes"),
                json.getLong("memory_max_bytes"),
                json.getInteger("functions"),
                json.getInteger("interpreted_functions"),
                json.getLong("compile_ms"),
                texts(json.getJsonArray("warnings")),
                json.getInteger("gate_version", 0),
                texts(json.getJsonArray("made_with", new JsonArray())));
    }

    private static JsonObject json(LimitOverrides limits) {
        JsonObject json = new JsonObject();
        putIfSet(json, "timeout_ms", limits.timeoutMs());
        putIfSet(json, "memory_bytes", limits.memoryBytes());
        putIfSet(json, "stdout_bytes", limits.stdoutBytes());
        putIfSet(json, "stderr_bytes", limits.stderrBytes());
        putIfSet(json, "input_bytes", limits.inputBytes());
        putIfSet(json, "host_calls", limits.hostCalls());
        putIfSet(json, "file_bytes", limits.fileBytes());
        return json;
    }

    private static void putIfSet(JsonObject json, String name, @Nullable Long value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static List<String> texts(JsonArray array) {
        return array.stream().map(String.class::cast).toList();
    }
}
