package io.zerostate.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.zerostate.task.Attempt;
import io.zerostate.task.AttemptEnd;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.Failure;
import io.zerostate.task.RetryPolicy;
import io.zerostate.task.Task;
import io.zerostate.task.TaskProgress;
import io.zerostate.task.TaskSpec;
import io.zerostate.task.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tasks as JSON. */
final class TaskJson {

    private TaskJson() {}

    static JsonObject task(Task task) {
        TaskSpec spec = task.spec();
        TaskProgress progress = task.progress();
        return new JsonObject()
                .put("id", task.id().toString())
                .put("task_id", task.id().toString())
                .put("agent_id", spec.program().agentId().toString())
                .put("agent_name", spec.program().agentName())
                .put("agent_version", spec.program().version())
                .put("status", progress.state().wireName())
                .put("query", spec.labels().query().isEmpty() ? null : spec.labels().query())
                .put("priority", spec.schedule().priority().wireName())
                .put("attempt", progress.attempt())
                .put("retries", progress.retries())
                .put("progress", progress.state().progress())
                .put("message", progress.state().message(progress.attempt(), progress.failure()))
                .put("failure", failure(progress.failure()))
                .put("cancel_requested", progress.cancelRequested())
                .put("args", new JsonArray(spec.input().args()))
                .put("timeout_ms", spec.limits().timeoutMs())
                .put("memory_bytes", spec.limits().memoryBytes())
                .put("stdout_bytes", spec.limits().stdoutBytes())
                .put("stderr_bytes", spec.limits().stderrBytes())
                .put("input_bytes", spec.limits().inputBytes())
                .put("host_calls", spec.limits().hostCalls())
                .put("file_bytes", spec.limits().fileBytes())
                .put("retry", retry(spec.retry()))
                .put("metadata", new JsonObject(spec.labels().metadataJson()))
                .put("rerun_of", text(task.rerunOf()))
                .put("run_at", progress.state().isWaiting() ? progress.nextRunAt().toString() : null)
                .put("created_at", task.createdAt().toString())
                .put("updated_at", progress.updatedAt().toString())
                .put("started_at", text(progress.startedAt()))
                .put("finished_at", text(progress.finishedAt()));
    }

    static JsonObject task(Task task, List<Attempt> attempts) {
        JsonArray list = new JsonArray();
        attempts.forEach(attempt -> list.add(attempt(attempt)));
        return task(task).put("attempts", list);
    }

    /** The short form, for those who poll. */
    static JsonObject status(Task task) {
        TaskProgress progress = task.progress();
        return new JsonObject()
                .put("task_id", task.id().toString())
                .put("status", progress.state().wireName())
                .put("attempt", progress.attempt())
                .put("progress", progress.state().progress())
                .put("message", progress.state().message(progress.attempt(), progress.failure()))
                .put("updated_at", progress.updatedAt().toString());
    }

    static @Nullable JsonObject failure(@Nullable Failure failure) {
        return failure == null
                ? null
                : new JsonObject().put("kind", failure.code().kind()).put("message", failure.message());
    }

    private static JsonObject attempt(Attempt attempt) {
        AttemptEnd end = attempt.end();
        return new JsonObject()
                .put("attempt", attempt.number())
                .put("node", attempt.node())
                .put("started_at", attempt.startedAt().toString())
                .put("finished_at", end == null ? null : end.at().toString())
                .put("status", (end == null ? TaskState.RUNNING : end.next()).wireName())
                .put("exit_code", end == null ? null : end.exitCode())
                .put("duration_ms", end == null ? null : end.durationMs())
                .put("failure", end == null ? null : failure(end.failure()));
    }

    private static JsonObject retry(RetryPolicy retry) {
        return new JsonObject()
                .put("max_retries", retry.maxRetries())
                .put("delay_ms", retry.delayMs())
                .put("factor", retry.factor())
                .put("retry_on", new JsonArray(retry.retryOn().stream().map(ErrorCode::kind).sorted().toList()));
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }
}
