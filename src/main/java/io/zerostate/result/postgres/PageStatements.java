package io.zerostate.result.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import io.zerostate.bus.QueueEntry;
import io.zerostate.bus.RunningFound.RunningTask;
import io.zerostate.bus.TasksCounted;
import io.zerostate.postgres.Database;
import io.zerostate.postgres.RowReader;
import io.zerostate.task.Priority;
import io.zerostate.task.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Walks over all tasks that have not ended: for the reconciler, and to count them. */
final class PageStatements {
    private static final String WAITING =
            """
            SELECT t.id, t.rank, t.next_run_at FROM tasks t
            WHERE t.finished_at IS NULL AND t.state IN ('queued', 'retrying') AND t.id > $1
            ORDER BY t.id LIMIT $2""";

    private static final String RUNNING =
            """
            SELECT t.id, t.attempt, t.node FROM tasks t
            WHERE t.finished_at IS NULL AND t.state = 'running' AND t.id > $1
            ORDER BY t.id LIMIT $2""";

    private static final String ATTEMPTS =
            """
            SELECT t.id, t.attempt, t.node FROM tasks t
            WHERE t.state = 'running' AND t.id = ANY($1)
            ORDER BY t.id""";

    private static final String COUNT =
            """
            SELECT t.state, t.priority, count(*),
                min(t.next_run_at) FILTER (WHERE t.state <> 'running' AND t.next_run_at <= now())
            FROM tasks t
            WHERE t.finished_at IS NULL AND t.tenant_id = $1
            GROUP BY t.state, t.priority""";

    private static final String COUNT_UNFINISHED =
            "SELECT t.tenant_id, count(*) FROM tasks t WHERE t.finished_at IS NULL GROUP BY t.tenant_id";

    /** Below every UUIDv7. */
    private static final UUID START = new UUID(0, 0);

    private final Database database;

    PageStatements(Database database) {
        this.database = database;
    }

    Future<List<QueueEntry>> waiting(@Nullable UUID after, int limit) {
        return database.run(WAITING, page(after, limit)).map(PageStatements::readQueueEntries);
    }

    Future<List<RunningTask>> running(@Nullable UUID after, int limit) {
        return database.run(RUNNING, page(after, limit)).map(PageStatements::readRunning);
    }

    Future<List<RunningTask>> running(List<UUID> taskIds) {
        return database.run(ATTEMPTS, Tuple.of(taskIds.toArray(UUID[]::new))).map(PageStatements::readRunning);
    }

    private static List<RunningTask> readRunning(RowSet<Row> rows) {
        List<RunningTask> tasks = new ArrayList<>();
        for (Row row : rows) {
            RowReader columns = new RowReader(row);
            tasks.add(new RunningTask(columns.uuid(), columns.integer(), columns.text()));
        }
        return tasks;
    }

    Future<TasksCounted> count(long tenantId) {
        return database.run(COUNT, Tuple.of(tenantId)).map(PageStatements::readCounts);
    }

    Future<Map<Long, Long>> countUnfinished() {
        return database.run(COUNT_UNFINISHED, Tuple.tuple()).map(rows -> {
            Map<Long, Long> byTenant = new HashMap<>();
            for (Row row : rows) {
                RowReader columns = new RowReader(row);
                byTenant.put(columns.bigint(), columns.bigint());
            }
            return byTenant;
        });
    }

    /** Reads id, rank and time of each row. */
    static List<QueueEntry> readQueueEntries(RowSet<Row> rows) {
        List<QueueEntry> entries = new ArrayList<>();
        for (Row row : rows) {
            RowReader columns = new RowReader(row);
            entries.add(new QueueEntry(columns.uuid(), columns.integer(), columns.time()));
        }
        return entries;
    }

    private static Tuple page(@Nullable UUID after, int limit) {
        return Tuple.of(after == null ? START : after, limit);
    }

    private static TasksCounted readCounts(RowSet<Row> rows) {
        Map<TaskState, Long> byState = new EnumMap<>(TaskState.class);
        Map<Priority, Long> waitingByPriority = new EnumMap<>(Priority.class);
        Instant oldest = null;
        for (Row row : rows) {
            RowReader columns = new RowReader(row);
            TaskState state = TaskState.ofWireName(columns.text());
            Priority priority = Priority.ofWireName(columns.text());
            long count = columns.bigint();
            Instant due = columns.timeOrNull();
            byState.merge(state, count, Long::sum);
            if (state.isWaiting()) {
                waitingByPriority.merge(priority, count, Long::sum);
            }
            if (due != null && (oldest == null || due.isBefore(oldest))) {
                oldest = due;
            }
        }
        return new TasksCounted(byState, waitingByPriority, oldest);
    }
}
