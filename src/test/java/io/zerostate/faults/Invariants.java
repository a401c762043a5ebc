package io.zerostate.faults;

import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What holds whatever goes wrong, asked of PostgreSQL and Redis themselves and held against the ledger. Each query finds the tasks
 * that break its rule.
 */
final class Invariants {
    /** A rule, and the query that finds who breaks it among the tasks of the parameter. */
    private record Rule(String name, String query) {}

    private static final List<Rule> RULES = List.of(
            new Rule(
                    "I1 an accepted task has not ended",
                    """
                    SELECT a.id FROM unnest(?::uuid[]) AS a(id) LEFT JOIN tasks t ON t.id = a.id
                    WHERE t.finished_at IS NULL"""),
            new Rule(
                    "I1 a task that ended has other than one result",
                    """
                    SELECT t.id FROM tasks t LEFT JOIN task_results r ON r.task_id = t.id
                    WHERE t.id = ANY(?) AND t.finished_at IS NOT NULL GROUP BY t.id HAVING count(r.task_id) <> 1"""),
            new Rule(
                    "I1 a task ended by two attempts",
                    """
                    SELECT task_id FROM task_attempts
                    WHERE task_id = ANY(?) AND next_state IN ('completed', 'failed', 'cancelled')
                    GROUP BY task_id HAVING count(*) > 1"""),
            new Rule(
                    "I3 attempts of a task overlap",
                    """
                    SELECT a.task_id FROM task_attempts a
                    JOIN task_attempts b ON b.task_id = a.task_id AND b.attempt = a.attempt + 1
                    WHERE a.task_id = ANY(?) AND (a.ended_at IS NULL OR b.started_at < a.ended_at)"""),
            new Rule(
                    "I4 a result is not that of the last attempt",
                    """
                    SELECT t.id FROM tasks t JOIN task_results r ON r.task_id = t.id
                    WHERE t.id = ANY(?) AND r.attempt <> t.attempt"""),
            new Rule(
                    "I4 a result was written by another attempt than it says",
                    """
                    SELECT t.id FROM tasks t JOIN task_results r ON r.task_id = t.id
                    WHERE t.id = ANY(?) AND t.agent_name = 'echo_env' AND t.state = 'completed'
                    AND (strpos(convert_from(r.stdout, 'UTF8'), E'ZEROSTATE_ATTEMPT=' || r.attempt || E'\\n') = 0
                        OR strpos(convert_from(r.stdout, 'UTF8'), E'ZEROSTATE_TASK_ID=' || t.id || E'\\n') = 0)"""),
            new Rule(
                    "I5 a retry came before its delay was over",
                    """
                    SELECT a.task_id FROM (
                        SELECT task_id, ended_at, next_state, lead(started_at) OVER one AS next_start,
                            count(*) FILTER (WHERE next_state = 'retrying') OVER one - 1 AS retries_used
                        FROM task_attempts WHERE task_id = ANY(?) WINDOW one AS (PARTITION BY task_id ORDER BY attempt)
                    ) a JOIN tasks t ON t.id = a.task_id
                    WHERE a.next_state = 'retrying'
                    AND a.next_start < a.ended_at + t.retry_delay_ms * power(t.retry_factor, a.retries_used) * interval '1 ms'"""),
            new Rule(
                    "I12 attempts of a task are not 1, 2, 3 and so on",
                    """
                    SELECT t.id FROM tasks t LEFT JOIN task_attempts a ON a.task_id = t.id WHERE t.id = ANY(?)
                    GROUP BY t.id HAVING count(a.attempt) <> t.attempt OR max(a.attempt) <> t.attempt"""),
            new Rule(
                    "an attempt of a task that ended has not",
                    """
                    SELECT t.id FROM tasks t JOIN task_attempts a ON a.task_id = t.id
                    WHERE t.id = ANY(?) AND t.finished_at IS NOT NULL AND a.ended_at IS NULL"""));

    /** Tells of each id that two of the sorted sets have. */
    private static final String I6_SCRIPT =
            """
            local seen, twice = {}, {}
            for _, key in ipairs(redis.call('KEYS', '*')) do
                if redis.call('TYPE', key).ok == 'zset' then
                    for _, id in ipairs(redis.call('ZRANGE', key, 0, -1)) do
                        if seen[id] then twice[#twice + 1] = id .. ' is in ' .. seen[id] .. ' and ' .. key end
                        seen[id] = key
                    end
                end
            end
            return twice""";

    /** Tells of each sorted set and hash that has anything in it. */
    private static final String I7_SCRIPT =
            """
            local left = {}
            for _, key in ipairs(redis.call('KEYS', '*')) do
                local type = redis.call('TYPE', key).ok
                if type == 'zset' or type == 'hash' then left[#left + 1] = key end
            end
            return left""";

    private final FaultCluster cluster;
    private final Ledger ledger;

    Invariants(FaultCluster cluster, Ledger ledger) {
        this.cluster = cluster;
        this.ledger = ledger;
    }

    /** How many of these have not ended, or are not there. */
    static long unfinished(Connection connection, List<String> ids) throws SQLException {
        return broken(connection, RULES.getFirst(), ids).size();
    }

    /** Everything that is wrong after a drain. */
    List<String> check(String keyPrefix) throws SQLException {
        List<String> violations = new ArrayList<>(ledger.violations());
        try (Connection connection = cluster.postgres().connect()) {
            violations.addAll(broken(connection, ledger.ids()));
            successAfterCancel(connection).forEach(id -> violations.add("I8 a success after an acknowledged cancel: " + id));
            unknown(connection, keyPrefix).forEach(id -> violations.add("I11 a second task for a key: " + id));
            unheard(connection).forEach(id -> violations.add("I9 the last event was not heard: " + id));
        }
        return violations;
    }

    /** What PostgreSQL alone tells of these tasks, all of which are to have ended. */
    static List<String> broken(Connection connection, List<String> ids) throws SQLException {
        List<String> violations = new ArrayList<>();
        for (Rule rule : RULES) {
            broken(connection, rule, ids).forEach(id -> violations.add(rule.name + ": " + id));
        }
        return violations;
    }

    /** I6, at this moment. */
    List<?> inTwoPlaces() throws IOException {
        return (List<?>) cluster.redis().command("EVAL", I6_SCRIPT, "0");
    }

    /** I7: keys that hold tasks. */
    List<?> leftInRedis() throws IOException {
        return (List<?>) cluster.redis().command("EVAL", I7_SCRIPT, "0");
    }

    private List<String> successAfterCancel(Connection connection) throws SQLException {
        Rule rule = new Rule("I8", "SELECT id FROM tasks WHERE id = ANY(?) AND state <> 'cancelled'");
        return broken(connection, rule, List.copyOf(ledger.cancelledIds()));
    }

    private List<String> unknown(Connection connection, String keyPrefix) throws SQLException {
        Rule rule = new Rule(
                "I11", "SELECT id FROM tasks WHERE NOT id = ANY(?) AND starts_with(idempotency_key, '" + keyPrefix + "')");
        return broken(connection, rule, ledger.ids());
    }

    private List<String> unheard(Connection connection) throws SQLException {
        Map<String, Integer> heard = ledger.lastSeqs();
        String known = heard.entrySet().stream()
                .map(entry -> "('" + entry.getKey() + "'::uuid, " + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
        return heard.isEmpty()
                ? List.of()
                : broken(
                        connection,
                        new Rule(
                                "I9",
                                "SELECT t.id FROM tasks t JOIN (VALUES " + known
                                        + ") AS heard(id, seq) ON heard.id = t.id WHERE t.id = ANY(?) AND t.seq <> heard.seq"),
                        List.copyOf(heard.keySet()));
    }

    private static List<String> broken(Connection connection, Rule rule, List<String> ids) throws SQLException {
        Array array = connection.createArrayOf("uuid", ids.toArray());
        try (PreparedStatement statement = connection.prepareStatement(rule.query)) {
            statement.setArray(1, array);
            List<String> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        }
    }
}
