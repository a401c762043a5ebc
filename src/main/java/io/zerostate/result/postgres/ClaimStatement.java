package io.zerostate.result.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import io.zerostate.bus.ClaimedTask;
import io.zerostate.bus.QueueEntry;
import io.zerostate.postgres.Database;
import io.zerostate.postgres.RowReader;
import io.zerostate.result.ClaimAnswer;
import io.zerostate.result.ClaimAnswer.Claim;
import io.zerostate.result.TaskChange;
import io.zerostate.task.Task;
import io.zerostate.task.TaskProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Gives waiting tasks that are due to one node, each with a new attempt. */
final class ClaimStatement {
    /**
     * Waits for nobody: a row that another statement holds is answered as still waiting, by the last SELECT, which sees all rows as
     * they were when the statement began.
     */
    private static final String CLAIM =
            """
            WITH clock AS MATERIALIZED (SELECT clock_timestamp() AS now),
            due AS (
                SELECT t.id FROM tasks t, clock
                WHERE t.id = ANY($1) AND t.state IN ('queued', 'retrying') AND t.next_run_at <= clock.now
                FOR UPDATE OF t SKIP LOCKED
            ),
            claimed AS (
                UPDATE tasks t SET
                    state = 'running', attempt = t.attempt + 1, seq = t.seq + 1, node = $2,
                    started_at = clock.now, updated_at = clock.now, failure_kind = NULL, failure_message = NULL
                FROM due, clock
                WHERE t.id = due.id
                RETURNING %s
            ),
            begun AS (
                INSERT INTO task_attempts (task_id, attempt, node, started_at)
                SELECT id, attempt, $2, started_at FROM claimed
            )
            SELECT w.id, w.rank, w.next_run_at, claimed.*
            FROM tasks w LEFT JOIN claimed ON claimed.id = w.id
            WHERE w.id = ANY($1) AND w.state IN ('queued', 'retrying')"""
                    .formatted(TaskColumns.TASK);

    private static final int TASK_COLUMN = 3;

    private final Database database;

    ClaimStatement(Database database) {
        this.database = database;
    }

    Future<ClaimAnswer> run(String node, List<UUID> taskIds) {
        return database.run(CLAIM, Tuple.of(taskIds.toArray(UUID[]::new), node)).map(rows -> answer(taskIds, rows));
    }

    private static ClaimAnswer answer(List<UUID> taskIds, RowSet<Row> rows) {
        Map<UUID, Claim> claims = new HashMap<>();
        List<QueueEntry> waiting = new ArrayList<>();
        for (Row row : rows) {
            RowReader line = new RowReader(row);
            QueueEntry entry = new QueueEntry(line.uuid(), line.integer(), line.time());
            RowReader columns = new RowReader(row, TASK_COLUMN);
            if (columns.atNull()) {
                waiting.add(entry);
            } else {
                claims.put(entry.taskId(), claim(TaskColumns.readTask(columns), entry.rank()));
            }
        }
        List<Claim> inOrder = new ArrayList<>();
        for (UUID taskId : taskIds) {
            Claim claim = claims.remove(taskId);
            if (claim != null) {
                inOrder.add(claim);
            }
        }
        return new ClaimAnswer(inOrder, waiting);
    }

    private static Claim claim(Task task, int rank) {
        TaskProgress progress = task.progress();
        Instant startedAt = progress.updatedAt();
        long queueMs = Math.max(0, Duration.between(progress.nextRunAt(), startedAt).toMillis());
        ClaimedTask claimed = new ClaimedTask(
                task.id(),
                task.tenantId(),
                task.spec(),
                progress.attempt(),
                progress.retries(),
                progress.crashes(),
                queueMs);
        return new Claim(claimed, TaskChange.of(task, rank));
    }
}
