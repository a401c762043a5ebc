package io.zerostate.result.postgres;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.zerostate.postgres.RowReader;
import io.zerostate.result.TaskChange;
import io.zerostate.task.Bytes;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.Failure;
import io.zerostate.task.Input;
import io.zerostate.task.Labels;
import io.zerostate.task.Limits;
import io.zerostate.task.Priority;
import io.zerostate.task.Program;
import io.zerostate.task.RetryPolicy;
import io.zerostate.task.Schedule;
import io.zerostate.task.Task;
import io.zerostate.task.TaskProgress;
import io.zerostate.task.TaskSpec;
import io.zerostate.task.TaskState;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows of {@code tasks}: which columns, and what they make. A list of columns and its reader must agree in order. */
final class TaskColumns {
    /** What {@link #readTask} reads, of a table or alias {@code t}. */
    static final String TASK = columns("t.input", "t.files::text");

    /** The same with an empty input and no files: lists do not need megabytes of it. */
    static final String TASK_WITHOUT_INPUT = columns("''::bytea", "NULL::text");

    /** As many nulls as {@link #TASK} has columns, for a row without a task in a UNION. */
    static final String NO_TASK = TASK.replaceAll("[^,]+", "NULL").replace(",", ", ");

    /** What {@link #readChange} reads, of a table or alias {@code t}. */
    static final String CHANGE =
            """
            t.id, t.tenant_id, t.agent_id, t.query, t.state, t.attempt, t.seq, t.rank, t.next_run_at, t.failure_kind,
            t.failure_message, t.updated_at""";

    private TaskColumns() {}

    private static String columns(String input, String files) {
        return """
                t.id, t.tenant_id,
                t.agent_id, t.agent_name, t.agent_version, t.sha256,
                %s AS input, t.args::text AS args, t.env::text AS env, %s AS files,
                t.timeout_ms, t.memory_bytes, t.stdout_bytes, t.stderr_bytes, t.input_bytes, t.host_calls, t.file_bytes,
                t.priority, t.run_at,
                t.max_retries, t.retry_delay_ms, t.retry_factor, t.retry_on,
                t.query, t.metadata::text AS metadata,
                t.state, t.attempt, t.retries, t.crashes, t.seq, t.cancel_requested, t.next_run_at, t.started_at, t.updated_at,
                t.finished_at, t.failure_kind, t.failure_message,
                t.created_at, t.rerun_of"""
                .formatted(input, files);
    }

    static Task readTask(RowReader row) {
        UUID id = row.uuid();
        long tenantId = row.bigint();
        TaskSpec spec = new TaskSpec(
                new Program(row.uuid(), row.text(), row.integer(), row.text()),
                readInput(row),
                readLimits(row),
                new Schedule(Priority.ofWireName(row.text()), row.time()),
                new RetryPolicy(row.integer(), row.bigint(), row.real(), readKinds(row.text())),
                new Labels(row.text(), row.text()));
        return new Task(id, tenantId, spec, readProgress(row), row.time(), row.uuidOrNull());
    }

    private static Input readInput(RowReader row) {
        Bytes stdin = row.bytes();
        List<String> args =
                new JsonArray(row.text()).stream().map(String.class::cast).toList();
        Map<String, String> env = new LinkedHashMap<>();
        new JsonObject(row.text()).forEach(entry -> env.put(entry.getKey(), (String) entry.getValue()));
        return new Input(stdin, args, env, readFiles(row.textOrNull()));
    }

    private static Limits readLimits(RowReader row) {
        return new Limits(
                row.bigint(), row.bigint(), row.bigint(), row.bigint(), row.bigint(), row.bigint(), row.bigint());
    }

    private static @Nullable Map<String, Bytes> readFiles(@Nullable String json) {
        if (json == null) {
            return null;
        }
        Map<String, Bytes> files = new LinkedHashMap<>();
        new JsonObject(json).forEach(entry -> files.put(
                entry.getKey(), Bytes.of(Base64.getDecoder().decode((String) entry.getValue()))));
        return files;
    }

    /** Files as they are kept in one column. */
    static @Nullable String writeFiles(@Nullable Map<String, Bytes> files) {
        if (files == null) {
            return null;
        }
        JsonObject json = new JsonObject();
        files.forEach((path, content) -> json.put(path, Base64.getEncoder().encodeToString(content.array())));
        return json.encode();
    }

    private static TaskProgress readProgress(RowReader row) {
        return new TaskProgress(
                TaskState.ofWireName(row.text()),
                row.integer(),
                row.integer(),
                row.integer(),
                row.integer(),
                row.bool(),
                row.time(),
                row.timeOrNull(),
                row.time(),
                row.timeOrNull(),
                row.failureOrNull());
    }

    static TaskChange readChange(RowReader row) {
        UUID id = row.uuid();
        long tenantId = row.bigint();
        UUID agentId = row.uuid();
        String query = row.text();
        TaskState state = TaskState.ofWireName(row.text());
        int attempt = row.integer();
        int seq = row.integer();
        int rank = row.integer();
        Instant nextRunAt = row.time();
        @Nullable Failure failure = row.failureOrNull();
        return new TaskChange(id, tenantId, agentId, query, state, attempt, seq, rank, nextRunAt, failure, row.time());
    }

    /** Kinds as they are kept in one text column. */
    static String joinKinds(Set<ErrorCode> codes) {
        return codes.stream().map(ErrorCode::kind).sorted().collect(Collectors.joining(","));
    }

    private static Set<ErrorCode> readKinds(String joined) {
        return Arrays.stream(joined.split(","))
                .filter(kind -> !kind.isEmpty())
                .map(ErrorCode::ofKind)
                .collect(Collectors.toSet());
    }
}
