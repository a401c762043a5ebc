package io.zerostate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.zerostate.binary.WatchedStore;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.CancelTask;
import io.zerostate.bus.TaskEvent;
import io.zerostate.bus.ClaimTasks;
import io.zerostate.bus.TaskEvent.Changed;
import io.zerostate.bus.TaskEvent.Wrote;
import io.zerostate.bus.TaskFound;
import io.zerostate.config.DatabaseSettings;
import io.zerostate.postgres.Answers;
import io.zerostate.postgres.TestDatabase;
import io.zerostate.task.Attempt;
import io.zerostate.task.AttemptEnd;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.Failure;
import io.zerostate.task.RetryPolicy;
import io.zerostate.task.TaskSpec;
import io.zerostate.task.TaskState;
import io.zerostate.task.Tenant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task's way from its acceptance to its result, over the bus and through every part but the edge. */
class TaskPathTest {
    private static final RetryPolicy QUICK = new RetryPolicy(3, 50, 1, RetryPolicy.RETRYABLE);

    @TempDir
    private Path directory;

    private final DatabaseSettings database = TestDatabase.create();
    private TaskPathNode node;

    @BeforeEach
    void prepare() {
        node = new TaskPathNode(database, directory, Duration.ofSeconds(1));
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aThousandTasksEachRunOnceAndHaveOneResult() {
        node.start();
        List<UUID> tasks = node.submit(1_000, node.spec("hello_c.wasm", QUICK));
        node.awaitEnds(tasks);

        for (UUID task : tasks) {
            TaskFound found = node.find(task);
            assertThat(found.task().state()).isEqualTo(TaskState.COMPLETED);
            assertThat(found.attempts()).hasSize(1);
            assertThat(node.result(task).exitCode()).isZero();
        }
    }

    @Test
    void aFailingTaskIsTriedFourTimesAndThenFails() {
        node.start();
        UUID task = node.submit(1, node.spec("exit_3.wasm", QUICK)).getFirst();
        node.awaitEnds(List.of(task));

        TaskFound found = node.find(task);
        assertThat(found.task().state()).isEqualTo(TaskState.FAILED);
        assertThat(found.attempts()).hasSize(4).allSatisfy(attempt -> assertThat(kind(attempt)).isEqualTo(ErrorCode.EXIT));
        assertThat(node.result(task).exitCode()).isEqualTo(3);
        assertThat(Duration.between(found.task().createdAt(), found.attempts().getLast().startedAt()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(150));
    }

    @Test
    void aCancelledRunEndsWithinHalfASecond() {
        node.start();
        UUID task = node.submit(1, node.spec("endless.wasm", QUICK)).getFirst();
        node.events.await(event -> event instanceof Changed change && change.state() == TaskState.RUNNING);
        long asked = System.nanoTime();
        cancel(task);
        node.awaitEnds(List.of(task));

        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofMillis(500));
        assertThat(node.find(task).task().state()).isEqualTo(TaskState.CANCELLED);
    }

    @Test
    void cancelsThatRaceWithTheStartOfTheirTasksLoseNone() {
        node.start();
        List<UUID> tasks = node.submit(40, node.spec("endless.wasm", QUICK));
        Answers.ofAll(tasks.stream()
                .map(task -> (Future<?>) node.bus.request(Addresses.TASK_CANCEL, new CancelTask(Tenant.DEFAULT_ID, task)))
                .map(Future::mapEmpty)
                .toList());
        node.awaitEnds(tasks);

        assertThat(tasks).allSatisfy(task -> {
            assertThat(node.find(task).task().state()).isEqualTo(TaskState.CANCELLED);
            // One that was overlooked would have run into its timeout of 10 s.
            assertThat(node.result(task).durationMs()).isLessThan(5_000);
        });
    }

    @Test
    void outputIsHeardBeforeTheEndOfItsTask() {
        node.start();
        List<UUID> tasks = node.submit(100, node.spec("echo_env.wasm", QUICK));
        node.awaitEnds(tasks);

        List<TaskEvent> heard = node.events.all();
        for (UUID task : tasks) {
            List<TaskEvent> own = heard.stream().filter(event -> event.taskId().equals(task)).toList();
            assertThat(own.getLast()).isInstanceOf(Changed.class);
            int seen = own.stream().filter(Wrote.class::isInstance).mapToInt(wrote -> ((Wrote) wrote).bytes().length()).sum();
            assertThat(seen).isEqualTo(node.result(task).stdout().bytes().length()).isPositive();
        }
    }

    @Test
    void afterACrashEveryAcceptedTaskEnds() {
        // What kill -9 leaves behind: tasks that run nowhere, and tasks that wait in no queue.
        List<UUID> tasks = node.submit(300, node.spec("hello_c.wasm", QUICK));
        List<UUID> lost = tasks.subList(0, 3);
        Answers.of(node.store.claim(new ClaimTasks("node-gone", lost)));
        node.start();
        node.awaitEnds(tasks);

        assertThat(tasks).allSatisfy(task -> {
            TaskFound found = node.find(task);
            assertThat(found.task().state()).isEqualTo(TaskState.COMPLETED);
            assertThat(found.attempts()).hasSize(lost.contains(task) ? 2 : 1);
            assertThat(node.result(task).exitCode()).isZero();
        });
        assertThat(kind(node.find(lost.getFirst()).attempts().getFirst())).isEqualTo(ErrorCode.LOST);
    }

    @Test
    void aGracefulStopHandsBackWhatDoesNotEndAndTheNextNodeRunsIt() {
        node.start();
        List<UUID> endless = node.submit(2, node.spec("endless.wasm", QUICK));
        node.events.awaitAll(heard -> heard.stream()
                        .filter(event -> event instanceof Changed change && change.state() == TaskState.RUNNING)
                        .count()
                == 2);
        UUID waiting = node.submit(1, node.spec("hello_c.wasm", QUICK)).getFirst();
        Answers.of(node.dispatch.drain());
        for (UUID task : endless) {
            TaskFound found = node.find(task);
            assertThat(found.task().state()).isEqualTo(TaskState.QUEUED);
            assertThat(found.task().progress().retries()).isZero();
            assertThat(found.task().progress().crashes()).isZero();
            cancel(task);
        }
        assertThat(node.find(waiting).attempts()).isEmpty();

        node.close();
        node = new TaskPathNode(database, directory, Duration.ofSeconds(1)).start();
        node.awaitEnds(List.of(waiting));
        assertThat(node.find(waiting).task().state()).isEqualTo(TaskState.COMPLETED);
    }

    @Test
    void whileTheStoreIsAwayItsTasksWaitWithTheReasonAndOthersRun() {
        node.start();
        RetryPolicy never = new RetryPolicy(0, 0, 1, Set.of());
        TaskSpec cached = node.spec("hello_c.wasm", never);
        node.awaitEnds(node.submit(1, cached));
        TaskSpec other = node.spec("exit_0.wasm", never);
        node.binaries.setAway(true);
        UUID waiting = node.submit(1, other).getFirst();
        awaitRetrying(1);
        node.awaitEnds(node.submit(1, cached));
        awaitRetrying(2);
        node.binaries.setAway(false);
        node.awaitEnds(List.of(waiting));

        TaskFound found = node.find(waiting);
        assertThat(found.task().state()).isEqualTo(TaskState.COMPLETED);
        assertThat(found.task().progress().retries()).isZero();
        List<Attempt> attempts = found.attempts();
        assertThat(attempts).hasSize(3);
        for (int i = 0; i < 2; i++) {
            AttemptEnd end = attempts.get(i).end();
            assertThat(end.next()).isEqualTo(TaskState.RETRYING);
            assertThat(end.failure())
                    .isEqualTo(new Failure(ErrorCode.LOST, "The module cannot be had for now: " + WatchedStore.AWAY));
            assertThat(Duration.between(end.at(), attempts.get(i + 1).startedAt()))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(2L << i));
        }
        assertThat(retrying()).allSatisfy(change -> {
            assertThat(change.taskId()).isEqualTo(waiting);
            assertThat(change.message()).endsWith(WatchedStore.AWAY);
        });
    }

    private void awaitRetrying(int times) {
        node.events.awaitAll(heard -> retrying().size() >= times);
    }

    private List<Changed> retrying() {
        return node.events.all().stream()
                .filter(Changed.class::isInstance)
                .map(Changed.class::cast)
                .filter(change -> change.state() == TaskState.RETRYING)
                .toList();
    }

    @Test
    void aModuleThatIsGoneEndsItsTaskAfterItsRetries() {
        node.start();
        TaskSpec spec = node.spec("hello_c.wasm", QUICK);
        Answers.of(node.binaries.delete(spec.program().sha256()));
        UUID task = node.submit(1, spec).getFirst();
        node.awaitEnds(List.of(task));

        TaskFound found = node.find(task);
        assertThat(found.task().state()).isEqualTo(TaskState.FAILED);
        assertThat(found.attempts()).hasSize(4);
        assertThat(found.task().progress().failure())
                .isEqualTo(new Failure(
                        ErrorCode.LOST,
                        "The module could not be had: no module is stored under sha256 " + spec.program().sha256()));
    }

    private void cancel(UUID task) {
        Answers.of(node.bus.request(Addresses.TASK_CANCEL, new CancelTask(Tenant.DEFAULT_ID, task)));
    }

    private static ErrorCode kind(Attempt attempt) {
        return attempt.end().failure().code();
    }
}
