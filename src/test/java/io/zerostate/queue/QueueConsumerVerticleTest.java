package io.zerostate.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerostate.bus.Addresses;
import io.zerostate.bus.CheckHealth;
import io.zerostate.bus.ClaimedTask;
import io.zerostate.bus.Health;
import io.zerostate.bus.WithdrawTasks;
import io.zerostate.bus.WorkerIdle;
import io.zerostate.queue.ScriptedWorker.Given;
import io.zerostate.task.Outcome;
import io.zerostate.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueueConsumerVerticleTest {
    private final DispatchNode node = new DispatchNode();
    private final InMemoryTaskStore store = node.store;

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aThousandTasksOverTwoWorkersEachRunExactlyOnce() {
        node.start();
        ScriptedWorker first = ScriptedWorker.start(node.bus, 0).prompt();
        ScriptedWorker second = ScriptedWorker.start(node.bus, 1).prompt();
        List<UUID> tasks = submit(1_000);
        store.awaitAll(rows -> rows.values().stream().allMatch(row -> row.state == TaskState.COMPLETED));

        assertThat(Stream.concat(first.all().stream(), second.all().stream()).map(ClaimedTask::taskId))
                .containsExactlyInAnyOrderElementsOf(tasks);
        assertThat(first.all()).isNotEmpty();
        assertThat(second.all()).isNotEmpty();
        assertNothingIsLeft();
    }

    @Test
    void anIdleWorkerNeverWaitsBesideWork() {
        node.start();
        ScriptedWorker slow = ScriptedWorker.start(node.bus, 0);
        UUID held = submit(1).getFirst();
        Given endless = slow.next();
        ScriptedWorker quick = ScriptedWorker.start(node.bus, 1).prompt();
        List<UUID> tasks = submit(100);
        store.awaitAll(rows -> tasks.stream().allMatch(id -> rows.get(id).state == TaskState.COMPLETED));

        assertThat(quick.all()).hasSize(100);
        assertThat(slow.hasNothing()).isTrue();
        endless.succeed();
        store.awaitState(held, TaskState.COMPLETED);
    }

    @Test
    void nothingIsLeasedWhileNobodyIsIdle() {
        node.start();
        ScriptedWorker worker = ScriptedWorker.start(node.bus, 0);
        List<UUID> tasks = submit(3);
        Given first = worker.next();

        node.statuses.await(status -> status.queued() == 2);
        assertThat(node.queue.depth().await()).isEqualTo(2);
        assertThat(first.task().taskId()).isEqualTo(tasks.getFirst());
        int leases = node.queue.leaseCalls();
        node.queue.awaitWork(Duration.ofSeconds(1)).await();
        assertThat(node.queue.leaseCalls()).isEqualTo(leases);
        first.succeed();
        worker.next().succeed();
        worker.next().succeed();
        store.awaitState(tasks.getLast(), TaskState.COMPLETED);
    }

    @Test
    void idleDispatchDoesNotAskTheQueueAgainAndAgain() {
        node.start();
        ScriptedWorker.start(node.bus, 0).prompt();
        submit(1);
        store.awaitAll(rows -> rows.values().stream().allMatch(row -> row.state == TaskState.COMPLETED));
        node.statuses.awaitMore(2);

        assertThat(node.queue.leaseCalls()).isLessThan(8);
    }

    @Test
    void aRetryWaitsWithoutAWorkerAndNeverComesEarly() {
        node.start();
        ScriptedWorker worker = ScriptedWorker.start(node.bus, 0);
        UUID failing = store.submit(node.bus, Specs.retriedAfter(400));
        worker.next().end(new Outcome.Completed(3));
        store.awaitState(failing, TaskState.RETRYING);
        Instant due = store.look(failing).nextRunAt();
        UUID other = submit(1).getFirst();
        worker.next().succeed();
        store.awaitState(other, TaskState.COMPLETED);

        assertThat(store.look(failing).state()).isEqualTo(TaskState.RETRYING);
        Given again = worker.next();
        assertThat(node.clock.instant()).isAfterOrEqualTo(due);
        assertThat(again.task().attempt()).isEqualTo(2);
        assertThat(again.task().retries()).isEqualTo(1);
        again.succeed();
        store.awaitState(failing, TaskState.COMPLETED);
        assertThat(store.look(failing).outcomes())
                .containsExactly(new Outcome.Completed(3), new Outcome.Completed(0));
    }

    @Test
    void aFailureThatIsNotWorthARetryEndsTheTask() {
        node.start();
        ScriptedWorker worker = ScriptedWorker.start(node.bus, 0);
        UUID task = submit(1).getFirst();
        worker.next().end(new Outcome.Rejected("not a module"));

        store.awaitState(task, TaskState.FAILED);
        assertNothingIsLeft();
    }

    @Test
    void aResultSurvivesThatTheStoreIsAwayForLongerThanALease() {
        node.start();
        ScriptedWorker worker = ScriptedWorker.start(node.bus, 0);
        UUID task = submit(1).getFirst();
        Given given = worker.next();
        store.setAway(true);
        given.succeed();
        // Reports come once a second: longer than a lease.
        node.statuses.awaitMore(2);
        store.setAway(false);
        store.awaitState(task, TaskState.COMPLETED);

        assertThat(store.look(task).crashes()).isZero();
        assertThat(store.look(task).outcomes()).hasSize(1);
        assertThat(worker.all()).hasSize(1);
    }

    @Test
    void tasksAreNotLostWhenTheStoreIsAwayAtTheirClaim() {
        node.start();
        store.setAway(true);
        ScriptedWorker worker = ScriptedWorker.start(node.bus, 0).prompt();
        List<UUID> tasks = submit(3);
        node.statuses.awaitMore(1);
        store.setAway(false);
        store.awaitAll(rows -> rows.values().stream().allMatch(row -> row.state == TaskState.COMPLETED));

        assertThat(worker.all().stream().map(ClaimedTask::taskId)).containsExactlyElementsOf(tasks);
    }

    @Test
    void aTaskThatCannotBeClaimedKeepsNoOtherFromIt() {
        UUID broken = store.insert(Specs.plain());
        store.change(broken, row -> row.unclaimable = true);
        node.start();
        node.queue.offer(List.of(store.entry(broken))).await();
        List<UUID> tasks = submit(5);
        ScriptedWorker.start(node.bus, 0).prompt();
        ScriptedWorker.start(node.bus, 1).prompt();

        tasks.forEach(task -> store.awaitState(task, TaskState.COMPLETED));
        assertThat(store.look(broken).state()).isEqualTo(TaskState.QUEUED);
        assertThat(node.queue.depth().await()).isEqualTo(1);
    }

    @Test
    void aResultThatCannotBeStoredDoesNotKeepItsTaskRunningForEver() {
        node.start();
        ScriptedWorker worker = ScriptedWorker.start(node.bus, 0);
        UUID task = store.submit(node.bus, Specs.stopsAfter(10_000));
        store.change(task, row -> row.outputUnstorable = true);
        worker.next().succeed();
        store.awaitState(task, TaskState.FAILED);

        assertThat(store.look(task).outcomes())
                .containsExactly(new Outcome.Lost("The result could not be stored"));
    }

    @Test
    void aStaleResultIsCountedAndThrownAway() {
        node.start();
        ScriptedWorker worker = ScriptedWorker.start(node.bus, 0);
        UUID task = submit(1).getFirst();
        Given old = worker.next();
        store.change(task, row -> {
            row.attempt = 7;
            row.node = "node-2";
        });
        old.succeed();
        UUID other = submit(1).getFirst();
        worker.next().succeed();
        store.awaitState(other, TaskState.COMPLETED);

        assertThat(store.look(task).outcomes()).isEmpty();
        assertThat(node.counter("zerostate.queue.stale.finishes")).isEqualTo(1);
    }

    @Test
    void aTaskThatWasCancelledWhileItWaitedIsDropped() {
        node.start();
        UUID cancelled = submit(1).getFirst();
        store.change(cancelled, row -> row.state = TaskState.CANCELLED);
        ScriptedWorker worker = ScriptedWorker.start(node.bus, 0).prompt();
        UUID other = submit(1).getFirst();
        store.awaitState(other, TaskState.COMPLETED);

        assertThat(worker.all().stream().map(ClaimedTask::taskId)).containsExactly(other);
        assertNothingIsLeft();
    }

    @Test
    void aWithdrawnTaskLeavesTheLine() {
        node.start();
        UUID task = submit(1).getFirst();
        store.change(task, row -> row.state = TaskState.CANCELLED);
        node.bus.publish(Addresses.QUEUE_WITHDRAW, new WithdrawTasks(List.of(task)));
        node.statuses.awaitMore(1);

        assertThat(node.queue.depth().await()).isZero();
    }

    @Test
    void aTaskWhoseHintWasLostIsFound() {
        node.start();
        ScriptedWorker.start(node.bus, 0).prompt();
        UUID unheard = store.insert(Specs.plain());

        store.awaitState(unheard, TaskState.COMPLETED);
    }

    @Test
    void aTaskWhoseWorkerIsGoneIsTriedAgainElsewhere() {
        node.start();
        node.bus.send(Addresses.WORKER_IDLE, new WorkerIdle(0, "worker.nobody"));
        UUID task = store.submit(node.bus, Specs.retriedAfter(10));
        store.awaitState(task, TaskState.RETRYING);
        ScriptedWorker.start(node.bus, 1).prompt();
        store.awaitState(task, TaskState.COMPLETED);

        assertThat(store.look(task).outcomes().getFirst()).isInstanceOf(Outcome.Lost.class);
    }

    @Test
    void aWorkerThatIsStuckGetsNoMoreTasksUntilItComesToItself() {
        node.start();
        ScriptedWorker worker = ScriptedWorker.start(node.bus, 0);
        UUID task = store.submit(node.bus, Specs.stopsAfter(100));
        worker.next();
        store.awaitState(task, TaskState.FAILED);
        UUID other = submit(1).getFirst();
        node.statuses.awaitMore(1);

        assertThat(store.look(task).outcomes()).containsExactly(new Outcome.TimedOut(100));
        assertThat(worker.hasNothing()).isTrue();
        worker.announce();
        worker.next().succeed();
        store.awaitState(other, TaskState.COMPLETED);
    }

    @Test
    void aNodeWhoseWorkersAreAllStuckSaysSoAndGivesItselfUp() throws Exception {
        node.start();
        ScriptedWorker.start(node.bus, 0);
        ScriptedWorker healthy = ScriptedWorker.start(node.bus, 1);
        List<UUID> tasks = List.of(
                store.submit(node.bus, Specs.stopsAfter(100)), store.submit(node.bus, Specs.stopsAfter(100)));
        tasks.forEach(task -> store.awaitState(task, TaskState.FAILED));

        assertThat(node.health()).isEqualTo(new Health(false, "all 2 workers are stuck"));
        assertThat(node.verticle.stuck().await(30, TimeUnit.SECONDS)).contains("All 2 workers");
        healthy.announce();
        node.statuses.awaitMore(1);
        assertThat(node.health().detail()).isEqualTo("1 of 1 workers are idle, 1 more are stuck");
    }

    @Test
    void whatAStuckWorkerMayUseStaysSetAside() {
        node.start();
        ScriptedWorker worker = ScriptedWorker.start(node.bus, 0);
        UUID task = store.submit(node.bus, Specs.stopsAfter(100));
        store.awaitState(task, TaskState.FAILED);
        node.statuses.awaitMore(1);
        assertThat(node.gauge("zerostate.tasks.memory.reserved")).isEqualTo(1);

        worker.announce();
        node.statuses.awaitMore(2);
        assertThat(node.gauge("zerostate.tasks.memory.reserved")).isZero();
    }

    @Test
    void whatAWorkerRanBeforeItWasStartedAnewIsLost() {
        node.start();
        ScriptedWorker worker = ScriptedWorker.start(node.bus, 0);
        UUID task = store.submit(node.bus, Specs.retriedAfter(10));
        Given forgotten = worker.next();
        worker.announce();
        Given again = worker.next();
        forgotten.end(new Outcome.Trapped("late"));
        again.succeed();
        store.awaitState(task, TaskState.COMPLETED);

        assertThat(store.look(task).outcomes().getFirst()).isInstanceOf(Outcome.Lost.class);
        assertThat(store.look(task).outcomes()).hasSize(2);
    }

    @Test
    void atStartEverythingIsFoundAgainAndWhatRanOnTheDeadNodeRunsAgain() {
        List<UUID> waiting = IntStream.range(0, 1_200).mapToObj(i -> store.insert(Specs.plain())).toList();
        UUID ranElsewhere = store.insertRunning(Specs.plain(), "node-gone");
        UUID ranHereBefore = store.insertRunning(Specs.plain(), DispatchNode.NAME);
        node.start();
        ScriptedWorker.start(node.bus, 0).prompt();
        ScriptedWorker.start(node.bus, 1).prompt();
        store.awaitAll(rows -> rows.values().stream().allMatch(row -> row.state == TaskState.COMPLETED));

        assertThat(waiting).allSatisfy(id -> assertThat(store.look(id).attempt()).isEqualTo(1));
        for (UUID crashed : List.of(ranElsewhere, ranHereBefore)) {
            assertThat(store.look(crashed).crashes()).isEqualTo(1);
            assertThat(store.look(crashed).attempt()).isEqualTo(2);
            assertThat(store.look(crashed).outcomes()).containsExactly(new Outcome.Completed(0));
        }
        assertNothingIsLeft();
    }

    @Test
    void theNodeReportsItself() {
        node.start();
        ScriptedWorker worker = ScriptedWorker.start(node.bus, 0);
        submit(3);
        Given running = worker.next();
        node.statuses.await(s -> s.slots() == 1 && s.busy() == 1 && s.queued() == 2 && !s.stopping());
        running.succeed();
        worker.next().succeed();
        worker.next().succeed();
    }

    @Test
    void healthSaysWhetherTheQueueCanBeReached() {
        node.start();
        Health alone = node.bus.request(Addresses.HEALTH_QUEUE, new CheckHealth()).await();
        ScriptedWorker.start(node.bus, 0);
        node.statuses.await(status -> status.slots() == 1);
        Health up = node.bus.request(Addresses.HEALTH_QUEUE, new CheckHealth()).await();
        node.queue.setAway(true);
        Health down = node.bus.request(Addresses.HEALTH_QUEUE, new CheckHealth()).await();

        assertThat(alone.up()).as("without a worker").isFalse();
        assertThat(up.up()).isTrue();
        assertThat(down.up()).isFalse();
        assertThat(down.detail()).isNotBlank();
    }

    @Test
    void workGoesOnWhenTheQueueComesBack() {
        node.start();
        node.queue.setAway(true);
        ScriptedWorker.start(node.bus, 0).prompt();
        UUID task = submit(1).getFirst();
        node.queue.refusals.awaitMore(3);
        node.queue.setAway(false);

        store.awaitState(task, TaskState.COMPLETED);
    }

    private List<UUID> submit(int count) {
        return IntStream.range(0, count).mapToObj(i -> store.submit(node.bus, Specs.plain())).toList();
    }

    /** Invariant I7: after a drain all is empty. */
    private void assertNothingIsLeft() {
        node.verticle.drain().await();
        assertThat(node.queue.depth().await()).isZero();
        node.clock.advance(Duration.ofMinutes(1));
        assertThat(node.queue.lease(10).await()).isEmpty();
    }
}
