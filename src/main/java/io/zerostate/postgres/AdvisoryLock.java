package io.zerostate.postgres;

/** The closed list of PostgreSQL's advisory locks that nodes take. Each belongs to one database, and to whoever's session holds it. */
public enum AdvisoryLock {
    /** This node uses the database, and nobody else does. */
    DATABASE_ALONE(1, false),
    /** This node uses the database, with all others that hold this one. */
    DATABASE_SHARED(1, true),
    /** It is this node's turn to look for what the queue forgot. */
    RECONCILE(2, false),
    /** It is this node's turn to remove what has been kept long enough. */
    RETENTION(3, false);

    /** Keeps our numbers apart from those of others who take advisory locks in the same database, as Flyway does: "ZS" in ASCII. */
    private static final int CLASS = 0x5A53;

    /** The columns of {@code pg_locks l} that name a lock, but for its mode. */
    private static final String NAMED =
            """
            l.locktype = 'advisory' AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                AND l.classid = %d AND l.objid = %d AND l.objsubid = 2 AND l.granted""";

    private final int number;
    private final boolean shared;

    AdvisoryLock(int number, boolean shared) {
        this.number = number;
        this.shared = shared;
    }

    /** Answers true when the session holds it already, or could take it now. Taking it twice would mean to release it twice. */
    String holdSql() {
        return """
                SELECT CASE
                    WHEN EXISTS (SELECT FROM pg_locks l WHERE %s AND l.mode = '%s' AND l.pid = pg_backend_pid()) THEN true
                    ELSE %s(%d, %d)
                END"""
                .formatted(
                        NAMED.formatted(CLASS, number),
                        shared ? "ShareLock" : "ExclusiveLock",
                        shared ? "pg_try_advisory_lock_shared" : "pg_try_advisory_lock",
                        CLASS,
                        number);
    }

    /** Answers the names of those other sessions that hold it, or its sibling of the same number. */
    String holdersSql() {
        return """
                SELECT coalesce(string_agg(a.application_name, ', ' ORDER BY a.application_name), '')
                FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
                WHERE %s AND l.pid <> pg_backend_pid()"""
                .formatted(NAMED.formatted(CLASS, number));
    }
}
