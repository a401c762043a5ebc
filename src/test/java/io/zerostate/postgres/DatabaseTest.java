package io.zerostate.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import io.zerostate.config.DatabaseSettings;
import io.zerostate.task.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabaseTest {
    private static final Duration SILENCE = Duration.ofMillis(1_500);

    private Vertx vertx;
    private DatabaseSettings settings;
    private Forwarder forwarder;
    private Pool pool;
    private Database database;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        settings = TestDatabase.createEmpty();
        forwarder = new Forwarder(vertx, settings);
        pool = DatabasePool.create(vertx, forwarder.settings(), "test", SILENCE);
        database = new Database(pool);
    }

    @AfterEach
    void close() {
        Answers.of(pool.close());
        Answers.of(vertx.close());
    }

    private Future<RowSet<Row>> run(String sql) {
        return database.run(sql, Tuple.tuple());
    }

    @Test
    void aWrongStatementIsOurFault() {
        assertThat(catchThrowable(() -> Answers.of(run("SELECT nonsense")))).isInstanceOf(PgException.class);
        assertThat(catchThrowable(() -> Answers.of(run("SELECT 1 / 0")))).isInstanceOf(PgException.class);
    }

    @Test
    void aServerThatIsAwayIsUnavailableAndThenAgainThere() {
        Answers.of(run("SELECT 1"));
        forwarder.cut();
        assertThat(Answers.refusalOf(run("SELECT 1"))).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(Answers.refusalOf(run("SELECT 1"))).isEqualTo(ErrorCode.UNAVAILABLE);
        forwarder.restore();
        assertThat(Answers.of(run("SELECT 1")).size()).isEqualTo(1);
    }

    @Test
    void aServerThatHangsIsUnavailableAndDoesNotHoldThePoolForEver() {
        Answers.ofMany(settings.poolSize(), () -> run("SELECT 1"));
        forwarder.freeze();
        List<Future<RowSet<Row>>> statements = IntStream.range(0, 2 * settings.poolSize())
                .mapToObj(i -> run("SELECT 1"))
                .toList();
        statements.forEach(statement -> catchThrowable(() -> Answers.of(statement)));
        assertThat(statements.stream().filter(Future::failed)).isNotEmpty().allSatisfy(statement -> assertThat(
                        Answers.refusalOf(statement))
                .isEqualTo(ErrorCode.UNAVAILABLE));
        assertThat(Answers.of(run("SELECT 1")).size()).isEqualTo(1);
    }

    @Test
    void aServerThatShutsDownOrHasNoSuchDatabaseIsUnavailable() {
        assertThat(Answers.refusalOf(run("SELECT pg_terminate_backend(pg_backend_pid())")))
                .isEqualTo(ErrorCode.UNAVAILABLE);
        DatabaseSettings missing =
                new DatabaseSettings(settings.url() + "_missing", settings.user(), settings.password(), 1);
        Pool other = DatabasePool.create(vertx, missing, "test");
        assertThat(Answers.refusalOf(new Database(other).run("SELECT 1", Tuple.tuple())))
                .isEqualTo(ErrorCode.UNAVAILABLE);
        Answers.of(other.close());
    }

    @Test
    void ofTwoStatementsInADeadlockBothSucceed() {
        Answers.of(run("CREATE TABLE pair (id int PRIMARY KEY, n int NOT NULL)"));
        Answers.of(run("INSERT INTO pair VALUES (1, 0), (2, 0)"));
        // Each locks one row, and the other one when the other statement has surely locked it.
        String crossing =
                """
                WITH first AS MATERIALIZED (SELECT id FROM pair WHERE id = %d FOR UPDATE),
                pause AS MATERIALIZED (SELECT first.id, pg_sleep(0.3) FROM first)
                UPDATE pair SET n = n + 1 FROM pause WHERE pair.id <> pause.id""";
        // PostgreSQL looks for a deadlock after a second, longer than the other tests let a connection be silent.
        Pool patient = DatabasePool.create(vertx, settings, "test");
        Database both = new Database(patient);
        Answers.ofAll(List.of(
                both.run(crossing.formatted(1), Tuple.tuple()), both.run(crossing.formatted(2), Tuple.tuple())));
        Answers.of(patient.close());
        for (Row row : Answers.of(run("SELECT sum(n)::int FROM pair"))) {
            assertThat(row.getInteger(0)).isEqualTo(2);
        }
    }
}
