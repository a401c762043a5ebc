package io.zerostate.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.zerostate.agent.Agent;
import io.zerostate.agent.AgentVersion;
import io.zerostate.agent.ModuleReport;
import io.zerostate.agent.Permission;
import io.zerostate.task.LimitOverrides;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Agents and their versions as JSON. */
final class AgentJson {

    private AgentJson() {}

    static JsonObject agent(Agent agent) {
        JsonObject json = new JsonObject()
                .put("id", agent.id().toString())
                .put("name", agent.name())
                .put("description", agent.manifest().description())
                .put("capabilities", new JsonArray(agent.manifest().capabilities()))
                .put("limits", limits(agent.manifest().limits()));
        putVersion(json, agent.current())
                .put("created_at", agent.createdAt().toString())
                .put("updated_at", agent.updatedAt().toString());
        if (agent.deletedAt() != null) {
            json.put("deleted_at", agent.deletedAt().toString());
        }
        return json;
    }

    static JsonObject version(UUID agentId, AgentVersion version) {
        JsonObject json = new JsonObject().put("agent_id", agentId.toString());
        return putVersion(json, version).put("created_at", version.createdAt().toString());
    }

    private static JsonObject putVersion(JsonObject json, AgentVersion version) {
        return json.put("version", version.label().isEmpty() ? Integer.toString(version.number()) : version.label())
                .put("version_number", version.number())
                .put("sha256", version.binary().sha256())
                .put("size_bytes", version.binary().sizeBytes())
                .put("report", report(version.report()));
    }

    private static JsonObject report(ModuleReport report) {
        return new JsonObject()
                .put("permissions", new JsonArray(report.permissions().stream().map(Permission::words).toList()))
                .put("imports", new JsonArray(report.imports()))
                .put("memory_min_bytes", report.memoryMinBytes())
                .put("memory_max_bytes", report.memoryMaxBytes() < 0 ? null : report.memoryMaxBytes())
                .put("functions", report.functions())
                .put("interpreted_functions", report.interpretedFunctions())
                .put("compile_ms", report.compileMs())
                .put("warnings", new JsonArray(report.warnings()))
                .put("gate_version", report.gateVersion())
                .put("made_with", new JsonArray(report.madeWith()));
    }

    private static JsonObject limits(LimitOverrides limits) {
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
}
