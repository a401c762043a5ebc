package io.zerostate.result.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import io.zerostate.postgres.Database;
import io.zerostate.postgres.RowReader;
import io.zerostate.task.Priority;
import io.zerostate.task.Task;
import java.util.Optional;
import java.util.UUID;

/** Makes a waiting task due, ahead of all others. Its state stays, so this is no event of the task. */
final class PromoteStatement {
    private static final String PROMOTE =
            """
            UPDATE tasks t SET
                rank = $3, next_run_at = LEAST(t.next_run_at, clock_timestamp()), updated_at = clock_timestamp()
            WHERE t.id = $1 AND t.tenant_id = $2 AND t.state IN ('queued', 'retrying')
            RETURNING %s"""
                    .formatted(TaskColumns.TASK);

    private final Database database;

    PromoteStatement(Database database) {
        this.database = database;
    }

    /** The task as it is then; empty when there is none that waits. */
    Future<Optional<Task>> run(long tenantId, UUID taskId) {
        return database.run(PROMOTE, Tuple.of(taskId, tenantId, Priority.HEAD_OF_LINE)).map(rows -> {
            for (Row row : rows) {
                return Optional.of(TaskColumns.readTask(new RowReader(row)));
            }
            return Optional.empty();
        });
    }
}
