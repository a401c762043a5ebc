package io.zerostate.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerostate.queue.ScriptedWorker.Given;
import io.zerostate.task.Outcome;
import io.zerostate.task.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tasks that are claimed before there is a worker for them. */
class ReadAheadTest {
    private final DispatchNode node = new DispatchNode(Duration.ofSeconds(20));
    private final InMemoryTaskStore store = node.store;

    @AfterEach
    void close() {
        node.close();
    }

    private List<UUID> submit(int count) {
        return IntStream.range(0, count).mapToObj(i -> store.submit(node.bus, Specs.plain())).toList();
    }

    /** A node with one worker that has run many short tasks, and now holds one that goes on. */
    private Given afterShortTasks(ScriptedWorker worker) {
        worker.prompt();
        List<UUID> quick = submit(200);
        store.awaitAll(rows -> quick.stream().allMatch(id -> rows.get(id).state == TaskState.COMPLETED));
        worker.patient();
        submit(1);
        return worker.next();
    }

    @Test
    void noneAreUntilTasksHaveShownToBeShort() {
        ReadAhead ahead = new ReadAhead();
        assertThat(ahead.tasks(2)).isZero();
        IntStream.range(0, 100).forEach(i -> ahead.ran(Duration.ofNanos(100_000)));
        assertThat(ahead.tasks(2)).isEqualTo(128);
    }

    @Test
    void asManyAreAsWorkersShouldRunWithinTwentyMilliseconds() {
        ReadAhead ahead = new ReadAhead();
        IntStream.range(0, 200).forEach(i -> ahead.ran(Duration.ofMillis(4)));
        assertThat(ahead.tasks(2)).isBetween(9, 10);
        assertThat(ahead.tasks(8)).isBetween(39, 40);
        ahead.ran(Duration.ofSeconds(2));
        assertThat(ahead.tasks(2)).as("after one that took long").isZero();
    }

    @Test
    void oneBatchIsClaimedForManyShortTasks() {
        node.start();
        ScriptedWorker worker = ScriptedWorker.start(node.bus, 0);
        Given running = afterShortTasks(worker);
        int before = node.queue.leaseCalls();
        List<UUID> tasks = submit(20);
        worker.prompt();
        running.succeed();
        store.awaitAll(rows -> tasks.stream().allMatch(id -> rows.get(id).state == TaskState.COMPLETED));

        assertThat(node.queue.leaseCalls() - before).isLessThan(20);
        assertThat(tasks).allSatisfy(id -> assertThat(store.look(id).attempt()).isEqualTo(1));
    }

    @Test
    void thoseThatWouldWaitForALongTaskGoBackInLine() {
        node.start();
        ScriptedWorker worker = ScriptedWorker.start(node.bus, 0);
        Given running = afterShortTasks(worker);
        List<UUID> tasks = submit(5);
        store.awaitAll(rows -> tasks.stream().anyMatch(id -> rows.get(id).attempt == 1));
        store.awaitAll(rows -> tasks.stream().allMatch(id -> rows.get(id).state == TaskState.QUEUED));
        node.statuses.await(status -> status.queued() == 5);

        worker.prompt();
        running.succeed();
        store.awaitAll(rows -> tasks.stream().allMatch(id -> rows.get(id).state == TaskState.COMPLETED));
        assertThat(tasks).allSatisfy(id -> {
            assertThat(store.look(id).outcomes()).containsExactly(new Outcome.Completed(0));
            assertThat(store.look(id).retries()).isZero();
            assertThat(store.look(id).crashes()).isZero();
        });
    }

    @Test
    void thoseThatHaveNotBegunGoBackAtOnceWhenTheNodeStops() {
        node.start();
        ScriptedWorker worker = ScriptedWorker.start(node.bus, 0);
        Given running = afterShortTasks(worker);
        List<UUID> tasks = submit(5);
        store.awaitAll(rows -> tasks.stream().anyMatch(id -> rows.get(id).attempt == 1));
        var drained = node.verticle.drain();
        store.awaitAll(rows -> tasks.stream().allMatch(id -> rows.get(id).state == TaskState.QUEUED));
        assertThat(drained.isComplete()).isFalse();
        running.succeed();
        drained.await();
        assertThat(worker.hasNothing()).isTrue();
    }

    @Test
    void tasksThatCrashedANodeDoNotWaitTogetherOnAnother() {
        node.start();
        ScriptedWorker worker = ScriptedWorker.start(node.bus, 0);
        Given running = afterShortTasks(worker);
        List<UUID> crashed = IntStream.range(0, 10).mapToObj(i -> store.insert(Specs.plain())).toList();
        crashed.forEach(id -> store.change(id, row -> row.crashes = 1));
        node.queue.offer(crashed.stream().map(store::entry).toList()).await();
        node.statuses.awaitMore(2);
        assertThat(crashed.stream().filter(id -> store.look(id).state() == TaskState.RUNNING)).hasSize(1);

        worker.prompt();
        running.succeed();
        store.awaitAll(rows -> crashed.stream().allMatch(id -> rows.get(id).state == TaskState.COMPLETED));
        assertThat(crashed).allSatisfy(id -> assertThat(store.look(id).attempt()).isEqualTo(1));
    }
}
