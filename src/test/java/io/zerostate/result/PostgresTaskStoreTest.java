package io.zerostate.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.zerostate.postgres.Answers;
import io.zerostate.postgres.DatabasePool;
import io.zerostate.postgres.TestDatabase;
import io.zerostate.result.postgres.PostgresTaskStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The suite for stores of tasks, on PostgreSQL. */
class PostgresTaskStoreTest {
    /** Rows that contradict each other; there are none, whatever a test did. */
    private static final String CONTRADICTIONS =
            """
            SELECT 'ended without a result, or a result without an end', t.id
            FROM tasks t LEFT JOIN task_results r ON r.task_id = t.id
            WHERE (t.finished_at IS NULL) <> (r.task_id IS NULL)
            UNION ALL
            SELECT 'runs without an open attempt, or an open attempt that does not run', t.id
            FROM tasks t
            WHERE (t.state = 'running')
                <> EXISTS (SELECT FROM task_attempts a WHERE a.task_id = t.id AND a.attempt = t.attempt AND a.ended_at IS NULL)
            UNION ALL
            SELECT 'an attempt is missing, or an old one is open', t.id
            FROM tasks t
            WHERE t.attempt <> (SELECT count(*) FROM task_attempts a WHERE a.task_id = t.id)
                OR EXISTS (SELECT FROM task_attempts a WHERE a.task_id = t.id AND a.attempt < t.attempt AND a.ended_at IS NULL)
            UNION ALL
            SELECT 'completed after a cancel', t.id FROM tasks t WHERE t.state = 'completed' AND t.cancel_requested
            UNION ALL
            SELECT 'the result tells another end than the task', t.id
            FROM tasks t JOIN task_results r ON r.task_id = t.id
            WHERE r.failure_kind IS DISTINCT FROM t.failure_kind OR r.attempt <> t.attempt""";

    private static Vertx vertx;
    private static Pool pool;
    private static TaskStore store;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
        pool = DatabasePool.create(vertx, TestDatabase.create(), "test");
        store = new PostgresTaskStore(pool);
    }

    @AfterAll
    static void close() {
        Answers.of(pool.close());
        Answers.of(vertx.close());
    }

    @AfterEach
    void rowsAgree() {
        RowSet<Row> contradictions = Answers.of(pool.query(CONTRADICTIONS).execute());
        assertThat(contradictions).extracting(Row::toJson).isEmpty();
    }

    @Nested
    class Submits extends SubmitContract {
        @Override
        TaskStore store() {
            return store;
        }
    }

    @Nested
    class Attempts extends AttemptContract {
        @Override
        TaskStore store() {
            return store;
        }
    }

    @Nested
    class Cancels extends CancelContract {
        @Override
        TaskStore store() {
            return store;
        }
    }

    @Nested
    class Transitions extends TransitionContract {
        @Override
        TaskStore store() {
            return store;
        }
    }

    @Nested
    class Races extends RaceContract {
        @Override
        TaskStore store() {
            return store;
        }
    }

    @Nested
    class Queries extends QueryContract {
        @Override
        TaskStore store() {
            return store;
        }
    }
}
