package io.zerostate.app.command;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A task in words. */
final class TaskText {
    private TaskText() {}

    static String of(JsonObject task) {
        String facts = new Facts()
                .add("id", task.getString("id"))
                .add("status", task.getString("status"))
                .add("message", task.getString("message"))
                .add("title", task.getString("query"))
                .add("agent", task.getString("agent_name") + " (" + task.getString("agent_id") + ")")
                .add("priority", task.getString("priority"))
                .add("timeout", task.getLong("timeout_ms") == null ? null : task.getLong("timeout_ms") + " ms")
                .add("memory", task.getLong("memory_bytes") == null ? null : task.getLong("memory_bytes") + " bytes")
                .add("repeats", task.getString("rerun_of"))
                .add("created", task.getString("created_at"))
                .add("due", task.getString("finished_at") == null ? task.getString("run_at") : null)
                .add("finished", task.getString("finished_at"))
                .toString();
        JsonArray attempts = task.getJsonArray("attempts", new JsonArray());
        return attempts.isEmpty() ? facts : facts + System.lineSeparator() + System.lineSeparator() + attempts(attempts);
    }

    private static Table attempts(JsonArray attempts) {
        Table table = new Table("ATTEMPT", "STARTED", "FINISHED", "EXIT", "FAILURE", "NODE");
        attempts.stream().map(JsonObject.class::cast).forEach(attempt -> table.row(
                attempt.getInteger("attempt"),
                attempt.getString("started_at"),
                attempt.getString("finished_at"),
                attempt.getInteger("exit_code"),
                failure(attempt.getJsonObject("failure")),
                attempt.getString("node")));
        return table;
    }

    static String failure(@Nullable JsonObject failure) {
        return failure == null ? "" : failure.getString("kind") + ": " + failure.getString("message");
    }
}
