package io.zerostate.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.RefusedException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs single prepared statements, each in a transaction of its own, and tells a server that is away from a statement that is wrong.
 * Safe from any thread; answers on the caller's context.
 */
public final class Database {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    /** A deadlock ends one of two statements, which can then run again; with sorted batches even one is rare. */
    private static final int DEADLOCK_RETRIES = 3;

    private final Pool pool;
    private final AtomicBoolean away = new AtomicBoolean();

    /** The pool stays the caller's to close. */
    public Database(Pool pool) {
        this.pool = pool;
    }

    /**
     * Runs a statement that does all its work at once; it may run again after a deadlock.
     *
     * @return its rows; fails with {@link RefusedException} {@code UNAVAILABLE} when the server cannot be reached or cannot serve
     *     now (whether the statement took effect is not known then), with {@link io.vertx.pgclient.PgException} when the
     *     statement is at fault
     */
    public Future<RowSet<Row>> run(String sql, Tuple arguments) {
        return run(sql, arguments, DEADLOCK_RETRIES).onSuccess(rows -> reached());
    }

    private Future<RowSet<Row>> run(String sql, Tuple arguments, int retries) {
        return pool.preparedQuery(sql).execute(arguments).recover(failure -> {
            if (retries > 0 && SqlFailures.isDeadlock(failure)) {
                return run(sql, arguments, retries - 1);
            }
            return Future.failedFuture(SqlFailures.isUnavailable(failure) ? unavailable(failure) : failure);
        });
    }

    private RefusedException unavailable(Throwable failure) {
        // Said once per outage, not once per statement.
        if (away.compareAndSet(false, true)) {
            LOG.warn("PostgreSQL is not available: {}", String.valueOf(failure));
        }
        return new RefusedException(ErrorCode.UNAVAILABLE, "PostgreSQL is not available");
    }

    private void reached() {
        if (away.get() && away.compareAndSet(true, false)) {
            LOG.info("PostgreSQL is available again");
        }
    }
}
