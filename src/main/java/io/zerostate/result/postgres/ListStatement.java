package io.zerostate.result.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.zerostate.bus.ListTasks;
import io.zerostate.postgres.Conditions;
import io.zerostate.postgres.Database;
import io.zerostate.postgres.RowReader;
import io.zerostate.postgres.Storable;
import io.zerostate.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Lists tasks, newest first. */
final class ListStatement {
    /** How far the clock of the node that chose an id may be from the server's, and how long a submission may be on its way. */
    private static final Duration ID_TOLERANCE = Duration.ofMinutes(10);

    private final Database database;

    ListStatement(Database database) {
        this.database = database;
    }

    Future<List<Task>> run(ListTasks query) {
        Conditions conditions = conditions(query);
        String sql = "SELECT " + TaskColumns.TASK_WITHOUT_INPUT + " FROM tasks t WHERE " + conditions.sql()
                + " ORDER BY t.id DESC LIMIT " + conditions.placeholder(query.limit());
        return database.run(sql, conditions.arguments()).map(rows -> {
            List<Task> tasks = new ArrayList<>();
            for (Row row : rows) {
                tasks.add(TaskColumns.readTask(new RowReader(row)));
            }
            return tasks;
        });
    }

    private static Conditions conditions(ListTasks query) {
        ListTasks.Filter filter = query.filter();
        Conditions conditions = new Conditions().and("t.tenant_id = ", query.tenantId());
        if (query.before() != null) {
            conditions.and("t.id < ", query.before());
        }
        if (filter.agentId() != null) {
            conditions.and("t.agent_id = ", filter.agentId());
        }
        if (filter.failureKind() != null) {
            conditions.and("t.failure_kind = ", filter.failureKind().kind());
        }
        if (filter.state() != null) {
            conditions.and("t.state = ", filter.state().wireName());
            // What each state implies names the partial index that holds it.
            switch (filter.state()) {
                case QUEUED, RUNNING, RETRYING -> conditions.and("t.finished_at IS NULL");
                case FAILED, CANCELLED -> conditions.and("t.failure_kind IS NOT NULL");
                case COMPLETED -> {}
            }
        }
        // Ids begin with the time at which they were chosen: a bound on them spares the search of everything newer or older.
        if (filter.createdAfter() != null) {
            conditions.andTime("t.created_at >= ", filter.createdAfter());
            conditions.and("t.id >= ", lowestId(filter.createdAfter(), ID_TOLERANCE.negated()));
        }
        if (filter.createdBefore() != null) {
            conditions.andTime("t.created_at < ", filter.createdBefore());
            conditions.and("t.id < ", lowestId(filter.createdBefore(), ID_TOLERANCE));
        }
        return conditions;
    }

    /** The lowest UUIDv7 of a shifted time: 48 bits of milliseconds since 1970 come first (RFC 9562, section 5.7). */
    private static UUID lowestId(Instant time, Duration shift) {
        long millis = Math.max(0, Storable.time(time).plus(shift).toInstant().toEpochMilli());
        return new UUID(millis << 16, 0);
    }
}
