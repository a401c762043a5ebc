package io.zerostate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerostate.app.SharedPostgres;
import io.zerostate.config.DatabaseSettings;
import io.zerostate.postgres.Migrations;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A check that finds nothing in any run must be seen to find something. */
class InvariantsTest {
    private static final String ID = "00000000-0000-7000-8000-000000000001";

    /** Tried twice, with a retry in between, and completed. */
    private static final List<String> SOUND = List.of(
            """
            INSERT INTO tasks (
                id, tenant_id, agent_id, agent_name, agent_version, sha256, input, args, env, timeout_ms, memory_bytes,
                stdout_bytes, stderr_bytes, priority, run_at, max_retries, retry_delay_ms, retry_factor, retry_on, query,
                metadata, created_at, state, attempt, retries, rank, next_run_at, updated_at, finished_at)
            VALUES (
                '%1$s', 1, '%1$s', 'echo_env', 1, '', '', '[]', '{}', 1, 1, 1, 1, 'normal', now(), 3, 1000, 2, 'exit', '',
                '{}', now(), 'completed', 2, 1, 5, now(), now(), now())""",
            """
            INSERT INTO task_attempts (task_id, attempt, node, started_at, ended_at, next_state) VALUES
                ('%1$s', 1, 'a', now(), now() + interval '1 s', 'retrying'),
                ('%1$s', 2, 'b', now() + interval '2 s', now() + interval '3 s', 'completed')""",
            """
            INSERT INTO task_results (
                task_id, tenant_id, agent_id, attempt, exit_code, stdout, stdout_truncated, stderr, stderr_truncated,
                duration_ms, queue_ms, memory_peak_bytes, created_at)
            VALUES (
                '%1$s', 1, '%1$s', 2, 0, convert_to(E'env ZEROSTATE_ATTEMPT=2\\nenv ZEROSTATE_TASK_ID=%1$s\\n', 'UTF8'), false, '',
                false, 1, 1, 1, now())""");

    private static Connection connection;

    @BeforeAll
    static void open() throws SQLException {
        DatabaseSettings database = SharedPostgres.newDatabase();
        Migrations.run(database);
        connection = DriverManager.getConnection("jdbc:" + database.url(), database.user(), database.password());
        connection.setAutoCommit(false);
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    @BeforeEach
    void insert() throws SQLException {
        for (String statement : SOUND) {
            run(statement.formatted(ID));
        }
    }

    @AfterEach
    void forget() throws SQLException {
        connection.rollback();
    }

    @Test
    void aTaskThatWentAsItShouldBreaksNoRule() throws SQLException {
        assertThat(Invariants.broken(connection, List.of(ID))).isEmpty();
        assertThat(Figures.of(List.of(ID), connection)).isEqualTo(new Figures(1, 1, 0, 0, 0, 0, 1, 0, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            I1 an accepted task has not ended | DELETE FROM tasks
            I1 an accepted task has not ended | UPDATE tasks SET state = 'queued', finished_at = NULL
            I1 a task that ended has other than one result | DELETE FROM task_results
            I1 a task ended by two attempts | UPDATE task_attempts SET next_state = 'completed'
            I3 attempts of a task overlap | UPDATE task_attempts SET started_at = now() WHERE attempt = 2
            I4 a result is not that of the last attempt | UPDATE task_results SET attempt = 1
            I4 a result was written by another attempt | UPDATE task_results SET stdout = replace(stdout::text, '543d32', '543d31')::bytea
            I5 a retry came before its delay was over | UPDATE tasks SET retry_delay_ms = 1001
            I12 attempts of a task are not 1, 2, 3 | DELETE FROM task_attempts WHERE attempt = 1
            an attempt of a task that ended has not | UPDATE task_attempts SET ended_at = NULL, next_state = NULL WHERE attempt = 2
            """)
    void eachRuleFindsWhoBreaksIt(String rule, String damage) throws SQLException {
        run(damage);
        assertThat(Invariants.broken(connection, List.of(ID))).anySatisfy(found -> assertThat(found).startsWith(rule).endsWith(ID));
    }

    @Test
    void whatIsGoneCountsAsLostAndWhatEndedTwiceAsDoubled() throws SQLException {
        run("UPDATE task_attempts SET next_state = 'completed'");
        assertThat(Figures.of(List.of(ID), connection).duplicated()).isEqualTo(1);
        run("DELETE FROM tasks");
        assertThat(Figures.of(List.of(ID), connection).lost()).isEqualTo(1);
    }

    private static void run(String statement) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }
}
