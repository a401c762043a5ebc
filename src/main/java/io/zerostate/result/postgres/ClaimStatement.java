package io.zerostate.result.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import io.zerostate.bus.ClaimTasks;
import io.zerostate.bus.ClaimedTask;
import io.zerostate.bus.QueueEntry;
import io.zerostate.bus.TasksClaimed.Unfit;
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
     * they were when the statement began. (Its two INs are looked up in hash tables; as joins they would be loops within loops, as there are no
     * others in our sessions, and took 40 % of a claim of 64.)
     *
     * <p>Of tasks that have crashed a node one is given at most, and the others are answered as still waiting: it runs alone, and should it
     * take its node down again, that must not count as another crash of them.
     *
     * <p>Memory is given out in the order of the ids, as a sum over those before; what the node can never run is left out of it. Files count as memory:
     * they are in it.
     */
    private static final String CLAIM =
            """
            WITH clock AS MATERIALIZED (SELECT clock_timestamp() AS now),
            due AS (
                SELECT t.id, t.memory_bytes + %1$s AS memory_bytes, t.crashes FROM tasks t, clock
                WHERE t.id = ANY($1) AND t.state IN ('queued', 'retrying') AND t.next_run_at <= clock.now
                FOR UPDATE OF t SKIP LOCKED
            ),
            sized AS (
                SELECT id, memory_bytes <= $4::bigint AND $3::bigint >= sum(memory_bytes)
                    FILTER (WHERE memory_bytes <= $4::bigint) OVER (ORDER BY array_position($1, id)) AS fits
                FROM due
                WHERE crashes = 0
                    OR id = (SELECT id FROM due WHERE crashes > 0 ORDER BY array_position($1, id) LIMIT 1)
            ),
            claimed AS (
                UPDATE tasks t SET
                    state = 'running', attempt = t.attempt + 1, seq = t.seq + 1, node = $2,
                    started_at = clock.now, updated_at = clock.now, failure_kind = NULL, failure_message = NULL
                FROM sized, clock
                WHERE t.id = sized.id AND sized.fits
                RETURNING t.rank, %2$s
            ),
            begun AS (
                INSERT INTO task_attempts (task_id, attempt, node, started_at)
                SELECT id, attempt, $2, started_at FROM claimed
            )
            SELECT NULL::uuid, NULL::timestamptz, NULL::bigint, NULL::bool, claimed.* FROM claimed
            UNION ALL
            SELECT w.id, w.next_run_at, w.memory_bytes + %3$s, w.id IN (SELECT id FROM sized), w.rank, %4$s
            FROM tasks w
            WHERE w.id = ANY($1) AND w.state IN ('queued', 'retrying') AND w.id NOT IN (SELECT id FROM claimed)"""
                    .formatted(fileBytes("t"), TaskColumns.TASK, fileBytes("w"), TaskColumns.NO_TASK);

    private static final int RANK_COLUMN = 4;

    private final Database database;

    /** A task that brings no files along has no use for their quota. */
    private static String fileBytes(String table) {
        return "CASE WHEN %1$s.files IS NULL THEN 0 ELSE %1$s.file_bytes END".formatted(table);
    }

    ClaimStatement(Database database) {
        this.database = database;
    }

    Future<ClaimAnswer> run(ClaimTasks request) {
        Tuple arguments = Tuple.of(
                request.taskIds().toArray(UUID[]::new), request.node(), request.freeBytes(), request.wholeBytes());
        return database.run(CLAIM, arguments).map(rows -> answer(request.taskIds(), rows));
    }

    private static ClaimAnswer answer(List<UUID> taskIds, RowSet<Row> rows) {
        Map<UUID, Claim> claims = new HashMap<>();
        Map<UUID, Unfit> unfit = new HashMap<>();
        List<QueueEntry> waiting = new ArrayList<>();
        for (Row row : rows) {
            RowReader unclaimed = new RowReader(row);
            RowReader columns = new RowReader(row, RANK_COLUMN);
            int rank = columns.integer();
            if (unclaimed.atNull()) {
                Task task = TaskColumns.readTask(columns);
                claims.put(task.id(), claim(task, rank));
                continue;
            }
            QueueEntry entry = new QueueEntry(unclaimed.uuid(), rank, unclaimed.time());
            long memoryBytes = unclaimed.bigint();
            boolean toBeHad = unclaimed.bool();
            if (toBeHad) {
                unfit.put(entry.taskId(), new Unfit(entry.taskId(), memoryBytes));
            } else {
                waiting.add(entry);
            }
        }
        return new ClaimAnswer(inOrder(taskIds, claims), waiting, inOrder(taskIds, unfit));
    }

    private static <T> List<T> inOrder(List<UUID> taskIds, Map<UUID, T> byTask) {
        List<T> inOrder = new ArrayList<>();
        for (UUID taskId : taskIds) {
            T one = byTask.remove(taskId);
            if (one != null) {
                inOrder.add(one);
            }
        }
        return inOrder;
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
