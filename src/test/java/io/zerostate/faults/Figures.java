package io.zerostate.faults;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * What became of some tasks.
 *
 * @param lost accepted, and without an end
 * @param duplicated with more than one end or result
 * @param extraAttempts beyond the first and the retries that the policy granted
 */
record Figures(
        long accepted,
        long completed,
        long failed,
        long cancelled,
        long lost,
        long duplicated,
        long retries,
        long crashes,
        long extraAttempts) {
    private static final String QUERY =
            """
            SELECT
                count(*) FILTER (WHERE t.state = 'completed'),
                count(*) FILTER (WHERE t.state = 'failed'),
                count(*) FILTER (WHERE t.state = 'cancelled'),
                count(*) FILTER (WHERE t.finished_at IS NULL),
                count(*) FILTER (WHERE ends.count > 1 OR results.count > 1),
                coalesce(sum(t.retries), 0), coalesce(sum(t.crashes), 0),
                coalesce(sum(GREATEST(0, t.attempt - 1 - t.retries)), 0)
            FROM unnest(?::uuid[]) AS a(id) LEFT JOIN tasks t ON t.id = a.id,
            LATERAL (
                SELECT count(*) FROM task_attempts
                WHERE task_id = a.id AND next_state IN ('completed', 'failed', 'cancelled')) ends,
            LATERAL (SELECT count(*) FROM task_results WHERE task_id = a.id) results""";

    static Figures of(List<String> ids, Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                int column = 0;
                return new Figures(
                        ids.size(),
                        row.getLong(++column),
                        row.getLong(++column),
                        row.getLong(++column),
                        row.getLong(++column),
                        row.getLong(++column),
                        row.getLong(++column),
                        row.getLong(++column),
                        row.getLong(++column));
            }
        }
    }
}
