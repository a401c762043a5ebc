package io.zerostate.result.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import io.zerostate.postgres.Database;
import io.zerostate.postgres.RowReader;
import io.zerostate.result.EndedTasks;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * Ended tasks in PostgreSQL. Looks at tasks in the order of their ids, which are UUIDv7 and so that of their submission: no index is needed
 * that every task that ends would have to be written to.
 */
public final class PostgresEndedTasks implements EndedTasks {
    /** Who else has one of them locked, uses it, and it will be there the next time. */
    private static final String REMOVE =
            """
            WITH removed AS (
                DELETE FROM tasks t USING (
                    SELECT o.id FROM tasks o
                    WHERE o.id <= $1 AND o.finished_at < $2
                    ORDER BY o.id LIMIT $3
                    FOR UPDATE SKIP LOCKED
                ) AS old
                WHERE t.id = old.id
                RETURNING t.id
            ), attempts AS (
                DELETE FROM task_attempts a USING removed WHERE a.task_id = removed.id
            ), results AS (
                DELETE FROM task_results r USING removed WHERE r.task_id = removed.id
            )
            SELECT count(*) FROM removed""";

    private static final String NEWEST_BEYOND = "SELECT t.id FROM tasks t ORDER BY t.id DESC OFFSET $1 LIMIT 1";

    private static final int VERSION_7 = 0x7000;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final int TIME_SHIFT = 16;

    /** Clocks that ids come from may be as much ahead of ours; a bit too many tasks are looked at, and none is removed too early. */
    private static final long CLOCKS_DIFFER_SECONDS = 60;

    /** Later than any task has ended, and a time that PostgreSQL can say. */
    private static final Instant EVER = Instant.parse("9999-12-31T00:00:00Z");

    private final Database database;

    /** The pool stays the caller's to close. */
    public PostgresEndedTasks(Pool pool) {
        this.database = new Database(pool);
    }

    @Override
    public Future<Integer> removeBefore(Instant time, int limit) {
        long milliseconds = time.plusSeconds(CLOCKS_DIFFER_SECONDS).toEpochMilli();
        return remove(new UUID(milliseconds << TIME_SHIFT | VERSION_7, VARIANT), time, limit);
    }

    @Override
    public Future<Integer> removeBeyond(long keep, int limit) {
        return database.run(NEWEST_BEYOND, Tuple.of(keep)).compose(rows -> {
            Row newest = rows.size() == 0 ? null : rows.iterator().next();
            return newest == null ? Future.succeededFuture(0) : remove(newest.getUUID(0), EVER, limit);
        });
    }

    private Future<Integer> remove(UUID newest, Instant endedBefore, int limit) {
        return database.run(REMOVE, Tuple.of(newest, endedBefore.atOffset(ZoneOffset.UTC), limit))
                .map(PostgresEndedTasks::count);
    }

    private static int count(RowSet<Row> rows) {
        return Math.toIntExact(new RowReader(rows.iterator().next()).bigint());
    }
}
