package io.zerostate.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerostate.queue.ScriptedWorker.Given;
import io.zerostate.task.TaskState;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tasks whose memories do not all fit at a time. */
class MemoryTest {
    private final DispatchNode node = new DispatchNode(1_000);
    private final InMemoryTaskStore store = node.store;

    @AfterEach
    void close() {
        node.close();
    }

    private List<UUID> submit(int count, long memoryBytes) {
        return IntStream.range(0, count)
                .mapToObj(i -> store.submit(node.bus, Specs.needing(memoryBytes)))
                .toList();
    }

    private List<ScriptedWorker> workers(int count) {
        return IntStream.range(0, count).mapToObj(slot -> ScriptedWorker.start(node.bus, slot)).toList();
    }

    /** Who announced themselves last is asked first. */
    private static Given first(List<ScriptedWorker> workers) {
        return workers.getLast().next();
    }

    private static int given(List<ScriptedWorker> workers) {
        return workers.stream().mapToInt(worker -> worker.all().size()).sum();
    }

    private void awaitCompleted(List<UUID> tasks) {
        store.awaitAll(rows -> tasks.stream().allMatch(id -> rows.get(id).state == TaskState.COMPLETED));
    }

    @Test
    void noMoreIsClaimedThanTheMemoryThereIs() {
        node.start();
        List<ScriptedWorker> workers = workers(4);
        List<UUID> tasks = submit(6, 400);
        node.statuses.await(status -> status.busy() == 2);
        node.statuses.awaitMore(2);
        assertThat(given(workers)).isEqualTo(2);
        assertThat(store.running()).isEqualTo(2);
        assertThat(node.gauge("zerostate.tasks.memory.reserved")).isEqualTo(800);

        workers.forEach(ScriptedWorker::prompt);
        awaitCompleted(tasks);
        assertThat(store.mostMemory()).isEqualTo(800);
        store.awaitAll(rows -> node.gauge("zerostate.tasks.memory.reserved") == 0);
    }

    @Test
    void whileMemoryIsShortTheQueueIsNotAskedAgainAndAgain() {
        node.start();
        List<ScriptedWorker> workers = workers(2);
        UUID running = submit(1, 700).getFirst();
        Given given = first(workers);
        UUID large = submit(1, 400).getFirst();
        node.statuses.awaitMore(1);
        int before = node.queue.leaseCalls();
        node.statuses.awaitMore(2);
        assertThat(node.queue.leaseCalls() - before).isLessThanOrEqualTo(2);
        assertThat(store.look(large).state()).isEqualTo(TaskState.QUEUED);
        assertThat(node.queue.depth().await()).isEqualTo(1);

        workers.forEach(ScriptedWorker::prompt);
        given.succeed();
        awaitCompleted(List.of(running, large));
    }

    @Test
    void aLargeTaskIsNotOvertakenBySmallOnesForEver() {
        node.start();
        List<ScriptedWorker> workers = workers(3);
        submit(1, 700);
        node.statuses.await(status -> status.busy() == 1);
        UUID large = submit(1, 1_000).getFirst();
        List<UUID> small = submit(20, 100);
        node.statuses.awaitMore(2);
        assertThat(small).allSatisfy(id -> assertThat(store.look(id).state()).isEqualTo(TaskState.QUEUED));

        workers.forEach(ScriptedWorker::prompt);
        awaitCompleted(small);
        awaitCompleted(List.of(large));
        List<UUID> order = store.claimedInOrder();
        assertThat(order.indexOf(large)).isEqualTo(1);
    }

    @Test
    void aTaskThatThisNodeCanNeverRunIsLeftInLineAndKeepsNoOtherFromRunning() {
        node.start();
        List<ScriptedWorker> workers = workers(2);
        workers.forEach(ScriptedWorker::prompt);
        UUID huge = submit(1, 1_001).getFirst();
        List<UUID> others = submit(50, 300);
        awaitCompleted(others);
        assertThat(store.look(huge).state()).isEqualTo(TaskState.QUEUED);
        assertThat(node.queue.depth().await()).isEqualTo(1);
        int before = node.queue.leaseCalls();
        node.statuses.awaitMore(2);
        assertThat(node.queue.leaseCalls() - before).isLessThanOrEqualTo(2);
    }

    @Test
    void theMemoryOfARunWhoseLeaseWasLostIsTakenUntilItIsOver() {
        node.start();
        List<ScriptedWorker> workers = workers(2);
        submit(1, 700);
        Given stillRunning = first(workers);
        UUID lost = stillRunning.task().taskId();
        node.queue.setAway(true);
        node.stops.await(stop -> stop.taskId().equals(lost));
        node.queue.setAway(false);
        UUID next = submit(1, 400).getFirst();
        node.statuses.awaitMore(2);
        assertThat(store.look(next).state()).isEqualTo(TaskState.QUEUED);

        workers.forEach(ScriptedWorker::prompt);
        stillRunning.succeed();
        awaitCompleted(List.of(lost, next));
    }
}
