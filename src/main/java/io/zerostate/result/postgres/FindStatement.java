package io.zerostate.result.postgres;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import io.zerostate.bus.TaskFound;
import io.zerostate.postgres.Database;
import io.zerostate.postgres.RowReader;
import io.zerostate.task.Attempt;
import io.zerostate.task.AttemptEnd;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.Failure;
import io.zerostate.task.Task;
import io.zerostate.task.TaskState;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads one task with its attempts. One statement, so that both are of the same moment. */
final class FindStatement {
    private static final String FIND =
            """
            SELECT
                (SELECT coalesce(json_agg(a ORDER BY a.attempt), '[]') FROM task_attempts a WHERE a.task_id = t.id)::text,
                %s
            FROM tasks t
            WHERE t.id = $1 AND t.tenant_id = $2"""
                    .formatted(TaskColumns.TASK);

    private final Database database;

    FindStatement(Database database) {
        this.database = database;
    }

    Future<Optional<TaskFound>> run(long tenantId, UUID taskId) {
        return database.run(FIND, Tuple.of(taskId, tenantId)).map(rows -> {
            for (Row row : rows) {
                RowReader columns = new RowReader(row);
                List<Attempt> attempts = readAttempts(columns.text());
                Task task = TaskColumns.readTask(columns);
                return Optional.of(new TaskFound(task, attempts));
            }
            return Optional.empty();
        });
    }

    private static List<Attempt> readAttempts(String json) {
        List<Attempt> attempts = new ArrayList<>();
        for (Object element : new JsonArray(json)) {
            JsonObject row = (JsonObject) element;
            attempts.add(new Attempt(
                    row.getInteger("attempt"), row.getString("node"), time(row.getString("started_at")), readEnd(row)));
        }
        return attempts;
    }

    private static @Nullable AttemptEnd readEnd(JsonObject row) {
        String endedAt = row.getString("ended_at");
        if (endedAt == null) {
            return null;
        }
        String kind = row.getString("failure_kind");
        return new AttemptEnd(
                time(endedAt),
                TaskState.ofWireName(row.getString("next_state")),
                kind == null ? null : new Failure(ErrorCode.ofKind(kind), row.getString("failure_message")),
                row.getInteger("exit_code"),
                row.getLong("duration_ms"));
    }

    /** PostgreSQL writes times into JSON in ISO 8601, with an offset. */
    private static Instant time(String iso) {
        return OffsetDateTime.parse(iso).toInstant();
    }
}
