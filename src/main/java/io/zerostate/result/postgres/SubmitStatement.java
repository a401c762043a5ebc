package io.zerostate.result.postgres;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import io.zerostate.bus.Submission;
import io.zerostate.bus.Submission.Idempotency;
import io.zerostate.postgres.ColumnArrays;
import io.zerostate.postgres.Database;
import io.zerostate.postgres.RowReader;
import io.zerostate.result.SubmitAnswer;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.Failure;
import io.zerostate.task.Schedule;
import io.zerostate.task.Task;
import io.zerostate.task.TaskProgress;
import io.zerostate.task.TaskSpec;
import io.zerostate.task.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Inserts tasks, and finds those that were inserted before under the same id or idempotency key. */
final class SubmitStatement {
    /**
     * Rows go in by key, so that two batches with the same keys wait for each other rather than in a circle; of two with the same key
     * in one batch the first wins. What conflicts is not returned.
     */
    private static final String INSERT =
            """
            WITH clock AS MATERIALIZED (SELECT clock_timestamp() AS now)
            INSERT INTO tasks (
                id, tenant_id, agent_id, agent_name, agent_version, sha256, input, args, env,
                timeout_ms, memory_bytes, stdout_bytes, stderr_bytes, priority, rank, run_at,
                max_retries, retry_delay_ms, retry_factor, retry_on, query, metadata, rerun_of,
                idempotency_key, idempotency_sha256, input_bytes, host_calls, file_bytes, files,
                created_at, state, next_run_at, updated_at)
            SELECT
                s.id, s.tenant_id, s.agent_id, s.agent_name, s.agent_version, s.sha256, s.input, s.args::json, s.env::json,
                s.timeout_ms, s.memory_bytes, s.stdout_bytes, s.stderr_bytes, s.priority, s.rank, GREATEST(s.run_at, clock.now),
                s.max_retries, s.retry_delay_ms, s.retry_factor, s.retry_on, s.query, s.metadata::json, s.rerun_of,
                s.idempotency_key, s.idempotency_sha256, s.input_bytes, s.host_calls, s.file_bytes, s.files::json,
                clock.now, 'queued', GREATEST(s.run_at, clock.now), clock.now
            FROM clock, unnest(
                $1::uuid[], $2::bigint[], $3::uuid[], $4::text[], $5::int[], $6::text[], $7::bytea[], $8::text[], $9::text[],
                $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::text[], $15::int[], $16::timestamptz[],
                $17::int[], $18::bigint[], $19::float8[], $20::text[], $21::text[], $22::text[], $23::uuid[],
                $24::text[], $25::text[], $26::bigint[], $27::bigint[], $28::bigint[], $29::text[]) WITH ORDINALITY
            AS s(
                id, tenant_id, agent_id, agent_name, agent_version, sha256, input, args, env,
                timeout_ms, memory_bytes, stdout_bytes, stderr_bytes, priority, rank, run_at,
                max_retries, retry_delay_ms, retry_factor, retry_on, query, metadata, rerun_of,
                idempotency_key, idempotency_sha256, input_bytes, host_calls, file_bytes, files, position)
            ORDER BY s.tenant_id, s.idempotency_key, s.position
            ON CONFLICT DO NOTHING
            RETURNING id, created_at, next_run_at""";

    /**
     * A statement of its own, because the INSERT does not see what another one committed while it waited for it. A task found by its
     * key goes before one found by its id.
     */
    private static final String FIND_KNOWN =
            """
            SELECT s.position::int, t.idempotency_sha256, %1$s
            FROM unnest($1::uuid[], $2::bigint[], $3::text[]) WITH ORDINALITY AS s(id, tenant_id, idempotency_key, position)
            JOIN tasks t ON t.id = s.id AND t.tenant_id = s.tenant_id
            UNION ALL
            SELECT s.position::int, t.idempotency_sha256, %1$s
            FROM unnest($1::uuid[], $2::bigint[], $3::text[]) WITH ORDINALITY AS s(id, tenant_id, idempotency_key, position)
            JOIN tasks t ON t.tenant_id = s.tenant_id AND t.idempotency_key = s.idempotency_key"""
                    .formatted(TaskColumns.TASK);

    private static final SubmitAnswer MISMATCH = new SubmitAnswer.Refused(new Failure(
            ErrorCode.IDEMPOTENCY_MISMATCH, "This Idempotency-Key was used with another request body before"));

    private static final SubmitAnswer TAKEN = new SubmitAnswer.Refused(
            new Failure(ErrorCode.INVALID_REQUEST, "The task's id belongs to another tenant's task"));

    private final Database database;

    SubmitStatement(Database database) {
        this.database = database;
    }

    Future<List<SubmitAnswer>> run(List<Submission> submissions) {
        if (submissions.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        return database.run(INSERT, insertArguments(submissions)).compose(inserted -> answer(submissions, inserted));
    }

    private static Tuple insertArguments(List<Submission> submissions) {
        return new ColumnArrays<>(submissions)
                .uuids(Submission::taskId)
                .bigints(Submission::tenantId)
                .uuids(s -> s.spec().program().agentId())
                .texts(s -> s.spec().program().agentName())
                .integers(s -> s.spec().program().version())
                .texts(s -> s.spec().program().sha256())
                .bytes(s -> s.spec().input().stdin())
                .texts(s -> new JsonArray(s.spec().input().args()).encode())
                .texts(s -> new JsonObject(new HashMap<>(s.spec().input().env())).encode())
                .bigints(s -> s.spec().limits().timeoutMs())
                .bigints(s -> s.spec().limits().memoryBytes())
                .bigints(s -> s.spec().limits().stdoutBytes())
                .bigints(s -> s.spec().limits().stderrBytes())
                .texts(s -> s.spec().schedule().priority().wireName())
                .integers(s -> s.spec().schedule().priority().rank())
                .times(s -> s.spec().schedule().runAt())
                .integers(s -> s.spec().retry().maxRetries())
                .bigints(s -> s.spec().retry().delayMs())
                .reals(s -> s.spec().retry().factor())
                .texts(s -> TaskColumns.joinKinds(s.spec().retry().retryOn()))
                .texts(s -> s.spec().labels().query())
                .texts(s -> s.spec().labels().metadataJson())
                .uuids(Submission::rerunOf)
                .texts(s -> s.idempotency() == null ? null : s.idempotency().key())
                .texts(s -> s.idempotency() == null ? null : s.idempotency().requestSha256())
                .bigints(s -> s.spec().limits().inputBytes())
                .bigints(s -> s.spec().limits().hostCalls())
                .bigints(s -> s.spec().limits().fileBytes())
                .texts(s -> TaskColumns.writeFiles(s.spec().input().files()))
                .tuple();
    }

    private Future<List<SubmitAnswer>> answer(List<Submission> submissions, RowSet<Row> inserted) {
        Map<UUID, RowReader> accepted = new HashMap<>();
        for (Row row : inserted) {
            RowReader columns = new RowReader(row);
            accepted.put(columns.uuid(), columns);
        }
        SubmitAnswer[] answers = new SubmitAnswer[submissions.size()];
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < answers.length; i++) {
            Submission submission = submissions.get(i);
            RowReader times = accepted.remove(submission.taskId());
            if (times == null) {
                open.add(i);
                answers[i] = TAKEN;
            } else {
                answers[i] = new SubmitAnswer.Accepted(stored(submission, times.time(), times.time()));
            }
        }
        if (open.isEmpty()) {
            return Future.succeededFuture(List.of(answers));
        }
        return findKnown(open.stream().map(submissions::get).toList()).map(known -> {
            known.forEach((position, answer) -> answers[open.get(position)] = answer);
            return List.of(answers);
        });
    }

    /** Which of these were accepted before, without storing the others. */
    Future<List<Optional<SubmitAnswer>>> findRepeated(List<Submission> submissions) {
        return findKnown(submissions).map(known -> IntStream.range(0, submissions.size())
                .mapToObj(position -> Optional.ofNullable(known.get(position)))
                .toList());
    }

    /** The answers to those that were accepted before, by their positions. */
    private Future<Map<Integer, SubmitAnswer>> findKnown(List<Submission> submissions) {
        Tuple keys = new ColumnArrays<>(submissions)
                .uuids(Submission::taskId)
                .bigints(Submission::tenantId)
                .texts(s -> s.idempotency() == null ? null : s.idempotency().key())
                .tuple();
        return database.run(FIND_KNOWN, keys).map(rows -> {
            Map<Integer, SubmitAnswer> known = new HashMap<>();
            for (Row row : rows) {
                RowReader columns = new RowReader(row);
                int position = columns.integer() - 1;
                String sha256 = columns.textOrNull();
                Task task = TaskColumns.readTask(columns);
                known.put(position, known(submissions.get(position).idempotency(), sha256, task));
            }
            return known;
        });
    }

    private static SubmitAnswer known(@Nullable Idempotency asked, @Nullable String storedSha256, Task task) {
        return asked == null || asked.requestSha256().equals(storedSha256) ? new SubmitAnswer.Known(task) : MISMATCH;
    }

    private static Task stored(Submission submission, Instant createdAt, Instant nextRunAt) {
        TaskSpec asked = submission.spec();
        TaskSpec spec = new TaskSpec(
                asked.program(),
                asked.input(),
                asked.limits(),
                new Schedule(asked.schedule().priority(), nextRunAt),
                asked.retry(),
                asked.labels());
        TaskProgress progress = new TaskProgress(
                TaskState.QUEUED, 0, 0, 0, 1, false, nextRunAt, null, createdAt, null, null);
        return new Task(submission.taskId(), submission.tenantId(), spec, progress, createdAt, submission.rerunOf());
    }
}
