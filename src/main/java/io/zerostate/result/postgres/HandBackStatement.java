package io.zerostate.result.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import io.zerostate.postgres.Database;
import io.zerostate.postgres.RowReader;
import io.zerostate.result.FinishAnswer;
import io.zerostate.task.TaskState;
import java.util.UUID;

/** Puts a claimed task back in line as if nothing had happened, but for the attempt's number. */
final class HandBackStatement {
    private static final String HAND_BACK =
            """
            WITH clock AS MATERIALIZED (SELECT clock_timestamp() AS now),
            settled AS (
                UPDATE tasks t SET
                    %1$s,
                    next_run_at = CASE WHEN t.cancel_requested THEN t.next_run_at ELSE clock.now END,
                    failure_kind = CASE WHEN t.cancel_requested THEN $3 END,
                    failure_message = CASE WHEN t.cancel_requested THEN $4 END
                FROM clock
                WHERE t.id = $1 AND t.attempt = $2 AND t.state = 'running'
                RETURNING %2$s, %3$s
            ),
            %4$s
            SELECT %5$s FROM settled t"""
                    .formatted(
                            SettleSql.leaveRunning("(CASE WHEN t.cancel_requested THEN 'cancelled' ELSE 'queued' END)"),
                            SettleSql.NO_REPORT,
                            SettleSql.RETURNING,
                            SettleSql.CLOSE,
                            TaskColumns.CHANGE);

    private static final String FIND_STATE = "SELECT t.state, t.next_run_at FROM tasks t WHERE t.id = $1";

    private final Database database;

    HandBackStatement(Database database) {
        this.database = database;
    }

    Future<FinishAnswer> run(UUID taskId, int attempt) {
        Tuple arguments = Tuple.of(
                taskId, attempt, FinishStatement.CANCELLED.code().kind(), FinishStatement.CANCELLED.message());
        return database.run(HAND_BACK, arguments).compose(rows -> {
            for (var row : rows) {
                return Future.succeededFuture(new FinishAnswer.Stored(TaskColumns.readChange(new RowReader(row))));
            }
            return stale(taskId);
        });
    }

    private Future<FinishAnswer> stale(UUID taskId) {
        return database.run(FIND_STATE, Tuple.of(taskId)).map(rows -> {
            for (var row : rows) {
                RowReader columns = new RowReader(row);
                return new FinishAnswer.Stale(TaskState.ofWireName(columns.text()), columns.time());
            }
            return new FinishAnswer.Unknown();
        });
    }
}
