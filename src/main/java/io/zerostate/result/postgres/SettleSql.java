package io.zerostate.result.postgres;

/**
 * The tail that all statements share which take a task out of {@code running}: it closes the attempt's row and, when the task has
 * ended, stores its one result. It reads a CTE {@code settled} with the changed columns of {@code tasks} and what the report says.
 */
final class SettleSql {
    /** What a {@code settled} CTE returns of {@code tasks t}, beside the report's columns. */
    static final String RETURNING = "t.started_at, " + TaskColumns.CHANGE;

    /** The report's columns where nothing was reported: the attempt was lost or handed back. */
    static final String NO_REPORT =
            """
            NULL::int AS exit_code, ''::bytea AS stdout, false AS stdout_truncated, ''::bytea AS stderr,
            false AS stderr_truncated,
            (extract(epoch FROM clock.now - t.started_at) * 1000)::bigint AS duration_ms,
            0::bigint AS memory_peak_bytes""";

    /** In a SET list of {@code UPDATE tasks t}: the columns that follow from a new state, given as an SQL expression. */
    static String leaveRunning(String newState) {
        return """
                state = %1$s,
                seq = t.seq + 1,
                node = NULL,
                updated_at = clock.now,
                finished_at = CASE WHEN %1$s IN ('completed', 'failed', 'cancelled') THEN clock.now END"""
                .formatted(newState);
    }

    /** The CTEs after {@code settled}, without a leading comma. */
    static final String CLOSE =
            """
            closed AS (
                UPDATE task_attempts a SET
                    ended_at = s.updated_at, next_state = s.state, failure_kind = s.failure_kind,
                    failure_message = s.failure_message, exit_code = s.exit_code, duration_ms = s.duration_ms
                FROM settled s
                WHERE a.task_id = s.id AND a.attempt = s.attempt
            ),
            result AS (
                INSERT INTO task_results (
                    task_id, tenant_id, agent_id, attempt, exit_code, stdout, stdout_truncated, stderr, stderr_truncated,
                    duration_ms, queue_ms, memory_peak_bytes, failure_kind, error, created_at)
                SELECT
                    s.id, s.tenant_id, s.agent_id, s.attempt, s.exit_code, s.stdout, s.stdout_truncated, s.stderr,
                    s.stderr_truncated, s.duration_ms,
                    GREATEST(0, (extract(epoch FROM s.started_at - s.next_run_at) * 1000)::bigint), s.memory_peak_bytes,
                    s.failure_kind, s.failure_message, s.updated_at
                FROM settled s
                WHERE s.state IN ('completed', 'failed', 'cancelled')
            )""";

    private SettleSql() {}
}
