package io.zerostate.result.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import io.zerostate.bus.ResultPage;
import io.zerostate.postgres.Conditions;
import io.zerostate.postgres.Database;
import io.zerostate.postgres.RowReader;
import io.zerostate.task.CapturedOutput;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.RefusedException;
import io.zerostate.task.TaskResult;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads results. */
final class ResultStatements {
    /** What {@link #readResult} reads. */
    private static final String COLUMNS =
            """
            r.task_id, r.agent_id, r.attempt, r.exit_code, %s, %s, r.duration_ms, r.queue_ms, r.memory_peak_bytes,
            r.failure_kind, r.error, r.created_at""";

    private static final String FIND =
            """
            SELECT %s
            FROM tasks t LEFT JOIN task_results r ON r.task_id = t.id
            WHERE t.id = $1 AND t.tenant_id = $2"""
                    .formatted(COLUMNS.formatted("r.stdout, r.stdout_truncated", "r.stderr, r.stderr_truncated"));

    private static final String LIST = "SELECT " + COLUMNS.formatted(beginning("stdout"), beginning("stderr"))
            + " FROM task_results r WHERE ";

    private final Database database;

    ResultStatements(Database database) {
        this.database = database;
    }

    Future<TaskResult> find(long tenantId, UUID taskId) {
        return database.run(FIND, Tuple.of(taskId, tenantId)).map(rows -> {
            for (Row row : rows) {
                RowReader columns = new RowReader(row);
                if (columns.atNull()) {
                    throw new RefusedException(ErrorCode.TASK_NOT_FINISHED, "Task " + taskId + " has not ended yet");
                }
                return readResult(columns);
            }
            throw new RefusedException(ErrorCode.TASK_NOT_FOUND, "There is no task " + taskId);
        });
    }

    Future<List<TaskResult>> list(long tenantId, @Nullable UUID agentId, @Nullable UUID before, int limit) {
        Conditions conditions = new Conditions().and("r.tenant_id = ", tenantId);
        if (agentId != null) {
            conditions.and("r.agent_id = ", agentId);
        }
        if (before != null) {
            conditions.and("r.task_id < ", before);
        }
        String sql = LIST + conditions.sql() + " ORDER BY r.task_id DESC LIMIT " + conditions.placeholder(limit);
        return database.run(sql, conditions.arguments()).map(rows -> {
            List<TaskResult> results = new ArrayList<>();
            for (Row row : rows) {
                results.add(readResult(new RowReader(row)));
            }
            return results;
        });
    }

    private static String beginning(String stream) {
        return "substring(r.%1$s FROM 1 FOR %2$d), r.%1$s_truncated OR octet_length(r.%1$s) > %2$d"
                .formatted(stream, ResultPage.OUTPUT_BYTES);
    }

    private static TaskResult readResult(RowReader row) {
        return new TaskResult(
                row.uuid(),
                row.uuid(),
                row.integer(),
                row.integerOrNull(),
                new CapturedOutput(row.bytes(), row.bool()),
                new CapturedOutput(row.bytes(), row.bool()),
                row.bigint(),
                row.bigint(),
                row.bigint(),
                row.failureOrNull(),
                row.time());
    }
}
