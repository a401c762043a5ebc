package io.zerostate.result.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import io.zerostate.bus.LoseTasks.LostLease;
import io.zerostate.bus.QueueEntry;
import io.zerostate.postgres.ColumnArrays;
import io.zerostate.postgres.Database;
import io.zerostate.postgres.RowReader;
import io.zerostate.result.LoseAnswer;
import io.zerostate.result.TaskChange;
import io.zerostate.task.ErrorCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Takes tasks back from nodes that went away under them. */
final class LoseStatement {
    private static final String NEW_STATE =
            """
            (CASE
                WHEN t.cancel_requested THEN 'cancelled'
                WHEN t.crashes + 1 >= $4 THEN 'failed'
                ELSE 'queued'
            END)""";

    private static final String LOSE =
            """
            WITH clock AS MATERIALIZED (SELECT clock_timestamp() AS now),
            settled AS (
                UPDATE tasks t SET
                    %1$s,
                    crashes = t.crashes + 1,
                    next_run_at = CASE WHEN %2$s = 'queued' THEN clock.now ELSE t.next_run_at END,
                    failure_kind = CASE WHEN t.cancel_requested THEN $5 ELSE $7 END,
                    failure_message = CASE WHEN t.cancel_requested THEN $6 ELSE 'Node ' || t.node || ' was lost' END
                FROM clock, unnest($1::uuid[], $2::text[], $3::int[]) AS l(task_id, node, attempt)
                WHERE t.id = l.task_id AND t.node = l.node AND t.attempt = l.attempt AND t.state = 'running'
                RETURNING %3$s, %4$s
            ),
            %5$s
            SELECT %6$s FROM settled t"""
                    .formatted(
                            SettleSql.leaveRunning(NEW_STATE),
                            NEW_STATE,
                            SettleSql.NO_REPORT,
                            SettleSql.RETURNING,
                            SettleSql.CLOSE,
                            TaskColumns.CHANGE);

    private static final String FIND_WAITING =
            """
            SELECT t.id, t.rank, t.next_run_at FROM tasks t
            WHERE t.id = ANY($1) AND t.state IN ('queued', 'retrying')""";

    private final Database database;

    LoseStatement(Database database) {
        this.database = database;
    }

    Future<LoseAnswer> run(List<LostLease> leases, int maxCrashes) {
        List<LostLease> sorted =
                leases.stream().sorted(Comparator.comparing(LostLease::taskId)).toList();
        Tuple arguments = new ColumnArrays<>(sorted)
                .uuids(LostLease::taskId)
                .texts(LostLease::node)
                .integers(LostLease::attempt)
                .tuple()
                .addInteger(maxCrashes)
                .addString(FinishStatement.CANCELLED.code().kind())
                .addString(FinishStatement.CANCELLED.message())
                .addString(ErrorCode.LOST.kind());
        return database.run(LOSE, arguments).compose(rows -> {
            List<TaskChange> changes = new ArrayList<>();
            for (Row row : rows) {
                changes.add(TaskColumns.readChange(new RowReader(row)));
            }
            return findWaiting(sorted, changes).map(waiting -> new LoseAnswer(changes, waiting));
        });
    }

    /** Leases of tasks that were never claimed, or that an earlier call has put back already. */
    private Future<List<QueueEntry>> findWaiting(List<LostLease> leases, List<TaskChange> changes) {
        List<LostLease> untouched = leases.stream()
                .filter(lease -> changes.stream().noneMatch(change -> change.taskId().equals(lease.taskId())))
                .toList();
        if (untouched.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        Tuple ids = new ColumnArrays<>(untouched).uuids(LostLease::taskId).tuple();
        return database.run(FIND_WAITING, ids).map(PageStatements::readQueueEntries);
    }
}
