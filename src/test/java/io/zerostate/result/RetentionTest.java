package io.zerostate.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import io.zerostate.config.RetentionSettings;
import io.zerostate.metrics.TaskMetrics;
import io.zerostate.postgres.Answers;
import io.zerostate.postgres.DatabasePool;
import io.zerostate.postgres.TestDatabase;
import io.zerostate.result.postgres.PostgresEndedTasks;
import io.zerostate.result.postgres.PostgresTaskStore;
import io.zerostate.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What has been kept long enough goes, and nothing else. */
class RetentionTest extends TaskStoreContract {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Vertx vertx = Vertx.vertx();
    private Pool pool;
    private TaskStore store;
    private EndedTasks ended;

    @BeforeEach
    void open() {
        pool = DatabasePool.create(vertx, TestDatabase.create(), "test");
        store = new PostgresTaskStore(pool);
        ended = new PostgresEndedTasks(pool);
    }

    @AfterEach
    void close() {
        Answers.of(pool.close());
        Answers.of(vertx.close());
    }

    @Override
    TaskStore store() {
        return store;
    }

    private List<UUID> kept(String table, String column) {
        List<UUID> ids = new ArrayList<>();
        Answers.of(pool.query("SELECT DISTINCT " + column + " FROM " + table).execute())
                .forEach(row -> ids.add(row.getUUID(0)));
        return ids;
    }

    /** Ids say when tasks were submitted, so the others are not aged, but this one ends later than any of them. */
    private UUID endedLater() {
        UUID taskId = taskIn(TaskState.COMPLETED);
        Answers.of(pool.preparedQuery("UPDATE tasks SET finished_at = now() + interval '1 day' WHERE id = $1")
                .execute(Tuple.of(taskId)));
        return taskId;
    }

    private static Instant soon() {
        return Instant.now().plus(HOUR);
    }

    private UUID ended() {
        return taskIn(TaskState.COMPLETED);
    }

    @Test
    void whatEndedBeforeThatTimeGoesWithItsAttemptsAndItsResult() {
        UUID old = ended();
        UUID recent = endedLater();
        UUID waiting = taskIn(TaskState.QUEUED);
        UUID running = taskIn(TaskState.RUNNING);

        assertThat(Answers.of(ended.removeBefore(soon(), 10))).isEqualTo(1);

        assertThat(kept("tasks", "id")).containsExactlyInAnyOrder(recent, waiting, running).doesNotContain(old);
        assertThat(kept("task_attempts", "task_id")).containsExactlyInAnyOrder(recent, running);
        assertThat(kept("task_results", "task_id")).containsExactly(recent);
    }

    @Test
    void theNewestStayAndSoDoesWhatHasNotEnded() {
        UUID oldest = ended();
        UUID unfinished = taskIn(TaskState.RUNNING);
        UUID older = ended();
        UUID newest = ended();
        assertThat(oldest).isLessThan(newest);

        assertThat(Answers.of(ended.removeBeyond(1, 10))).isEqualTo(2);

        assertThat(kept("tasks", "id")).containsExactlyInAnyOrder(unfinished, newest).doesNotContain(oldest, older);
        assertThat(Answers.of(ended.removeBeyond(2, 10))).as("there are no more than the newest").isZero();
    }

    @Test
    void noCallRemovesMoreThanItMay() {
        for (int i = 0; i < 5; i++) {
            ended();
        }
        Instant time = soon();
        assertThat(Answers.of(ended.removeBefore(time, 2))).isEqualTo(2);
        assertThat(Answers.of(ended.removeBefore(time, 2))).isEqualTo(2);
        assertThat(Answers.of(ended.removeBefore(time, 2))).isEqualTo(1);
    }

    @Test
    void aNodeSweepsUntilNothingIsLeftWhenItIsItsTurn() throws Exception {
        BlockingQueue<Integer> removed = new LinkedBlockingQueue<>();
        Retention retention = new Retention(
                watched(removed),
                () -> Future.succeededFuture(true),
                new RetentionSettings(HOUR, 0, Duration.ofMillis(20)),
                () -> soon().plus(HOUR),
                new TaskMetrics(new SimpleMeterRegistry()));
        for (int i = 0; i < 3; i++) {
            ended();
        }
        UUID recent = endedLater();
        Answers.of(vertx.deployVerticle(retention));

        assertThat(removed.poll(10, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(removed.poll(10, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(kept("tasks", "id")).containsExactly(recent);
    }

    @Test
    void aNodeWhoseTurnItIsNotRemovesNothing() throws Exception {
        BlockingQueue<Integer> removed = new LinkedBlockingQueue<>();
        BlockingQueue<Boolean> asked = new LinkedBlockingQueue<>();
        Retention retention = new Retention(
                watched(removed),
                () -> {
                    asked.add(true);
                    return Future.succeededFuture(false);
                },
                new RetentionSettings(HOUR, 1, Duration.ofMillis(20)),
                () -> soon().plus(HOUR),
                new TaskMetrics(new SimpleMeterRegistry()));
        UUID old = ended();
        Answers.of(vertx.deployVerticle(retention));

        assertThat(asked.poll(10, TimeUnit.SECONDS)).isTrue();
        assertThat(asked.poll(10, TimeUnit.SECONDS)).as("and again later").isTrue();
        assertThat(removed).isEmpty();
        assertThat(kept("tasks", "id")).containsExactly(old);
    }

    /** In batches of two, which pass for full ones. */
    private EndedTasks watched(BlockingQueue<Integer> removed) {
        return new EndedTasks() {
            @Override
            public Future<Integer> removeBefore(Instant time, int limit) {
                return ended.removeBefore(time, 2).onSuccess(removed::add).map(count -> count == 2 ? limit : count);
            }

            @Override
            public Future<Integer> removeBeyond(long keep, int limit) {
                return ended.removeBeyond(keep, 2).onSuccess(removed::add).map(count -> count == 2 ? limit : count);
            }
        };
    }
}
