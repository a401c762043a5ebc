package io.zerostate.postgres;

import io.vertx.pgclient.PgException;
import java.util.Set;

/** What a failure of the PostgreSQL client means. Codes are SQLSTATEs, listed in appendix A of the PostgreSQL manual. */
public final class SqlFailures {
    private static final String UNIQUE_VIOLATION = "23505";

    private static final Set<String> DEADLOCKS = Set.of(
            "40P01", // deadlock_detected
            "40001"); // serialization_failure

    /** Classes of codes that say that the server cannot serve now, whatever the statement. */
    private static final Set<String> UNAVAILABLE_CLASSES = Set.of(
            "08", // connection exception
            "53", // insufficient resources: too many connections, disk full
            "57", // operator intervention: shutdown, starting up, statement timeout
            "58"); // system error

    private static final Set<String> UNAVAILABLE_CODES = Set.of(
            "25006", // read_only_sql_transaction: a standby, during a failover
            "28000", // invalid_authorization_specification
            "28P01", // invalid_password
            "3D000", // invalid_catalog_name: no such database (yet)
            "40P01", // deadlock_detected, again and again
            "40001", // serialization_failure, again and again
            "55P03"); // lock_not_available

    private SqlFailures() {}

    /** Nothing is wrong with the statement: it lost against another one and can run again. */
    static boolean isDeadlock(Throwable failure) {
        return failure instanceof PgException sql && DEADLOCKS.contains(sql.getSqlState());
    }

    /** The server is away or cannot serve now. */
    static boolean isUnavailable(Throwable failure) {
        if (failure instanceof PgException sql) {
            String state = String.valueOf(sql.getSqlState());
            return UNAVAILABLE_CODES.contains(state)
                    || UNAVAILABLE_CLASSES.contains(state.substring(0, Math.min(2, state.length())));
        }
        // Anything else that the client reports is about connections or the pool, except our own mistakes in calling it.
        return !(failure instanceof IllegalArgumentException
                || failure instanceof ClassCastException
                || failure instanceof NullPointerException
                || failure instanceof IndexOutOfBoundsException);
    }

    /** The statement would have stored a second row under a key of the unique index {@code index}. */
    public static boolean violatesUnique(Throwable failure, String index) {
        return failure instanceof PgException sql
                && UNIQUE_VIOLATION.equals(sql.getSqlState())
                && index.equals(sql.getConstraint());
    }
}
