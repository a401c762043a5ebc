package io.zerostate.result.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import io.zerostate.postgres.Database;
import io.zerostate.postgres.RowReader;
import io.zerostate.task.Task;
import java.util.Optional;
import java.util.UUID;

/** Ends a waiting task, with its result, or asks a running one to stop. */
final class CancelStatement {
    private static final String CANCEL =
            """
            WITH clock AS MATERIALIZED (SELECT clock_timestamp() AS now),
            cancelled AS (
                UPDATE tasks t SET
                    cancel_requested = true,
                    state = CASE WHEN t.state = 'running' THEN t.state ELSE 'cancelled' END,
                    seq = CASE WHEN t.state = 'running' THEN t.seq ELSE t.seq + 1 END,
                    updated_at = clock.now,
                    finished_at = CASE WHEN t.state <> 'running' THEN clock.now END,
                    failure_kind = CASE WHEN t.state = 'running' THEN t.failure_kind ELSE $3 END,
                    failure_message = CASE WHEN t.state = 'running' THEN t.failure_message ELSE $4 END
                FROM clock
                WHERE t.id = $1 AND t.tenant_id = $2 AND t.state IN ('queued', 'retrying', 'running')
                RETURNING %s
            ),
            result AS (
                INSERT INTO task_results (
                    task_id, tenant_id, agent_id, attempt, stdout, stdout_truncated, stderr, stderr_truncated,
                    duration_ms, queue_ms, memory_peak_bytes, failure_kind, error, created_at)
                SELECT
                    c.id, c.tenant_id, c.agent_id, c.attempt, ''::bytea, false, ''::bytea, false, 0,
                    GREATEST(0, (extract(epoch FROM c.updated_at - c.next_run_at) * 1000)::bigint), 0,
                    c.failure_kind, c.failure_message, c.updated_at
                FROM cancelled c
                WHERE c.state = 'cancelled'
            )
            SELECT * FROM cancelled"""
                    .formatted(TaskColumns.TASK);

    private final Database database;

    CancelStatement(Database database) {
        this.database = database;
    }

    /** The task as it is then; empty when there is none that can be cancelled. */
    Future<Optional<Task>> run(long tenantId, UUID taskId) {
        Tuple arguments = Tuple.of(
                taskId, tenantId, FinishStatement.CANCELLED.code().kind(), FinishStatement.CANCELLED.message());
        return database.run(CANCEL, arguments).map(rows -> {
            for (Row row : rows) {
                return Optional.of(TaskColumns.readTask(new RowReader(row)));
            }
            return Optional.empty();
        });
    }
}
