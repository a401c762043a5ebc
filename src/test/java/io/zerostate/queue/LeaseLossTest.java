package io.zerostate.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerostate.bus.LoseTasks;
import io.zerostate.bus.LoseTasks.LostLease;
import io.zerostate.bus.StopRun;
import io.zerostate.bus.StopRun.Reason;
import io.zerostate.queue.ScriptedWorker.Given;
import io.zerostate.task.Outcome;
import io.zerostate.task.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Leases that end before their tasks do. */
class LeaseLossTest {
    private final DispatchNode node = new DispatchNode();
    private final InMemoryTaskStore store = node.store;

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aLongRunKeepsItsLease() {
        node.start();
        ScriptedWorker worker = ScriptedWorker.start(node.bus, 0);
        UUID task = store.submit(node.bus, Specs.plain());
        Given running = worker.next();
        // Reports come once a second: longer than a lease.
        node.statuses.awaitMore(3);
        running.succeed();
        store.awaitState(task, TaskState.COMPLETED);

        assertThat(store.look(task).crashes()).isZero();
        assertThat(worker.all()).hasSize(1);
    }

    @Test
    void aPauseOfTheWholeProcessLosesNothingThatNobodyElseTook() {
        node.start();
        ScriptedWorker worker = ScriptedWorker.start(node.bus, 0);
        UUID task = store.submit(node.bus, Specs.plain());
        Given running = worker.next();
        node.clock.advance(Duration.ofHours(1));
        node.statuses.awaitMore(2);
        running.succeed();
        store.awaitState(task, TaskState.COMPLETED);

        assertThat(store.look(task).crashes()).isZero();
        assertThat(node.stops.all()).isEmpty();
    }

    @Test
    void aLostLeaseStopsTheRunAndAResultThatComesAllTheSameIsRefused() {
        node.start();
        ScriptedWorker worker = ScriptedWorker.start(node.bus, 0);
        UUID task = store.submit(node.bus, Specs.plain());
        Given running = worker.next();
        // As if another node's reaper had taken the lease while the queue lost its memory: that node's attempt is the current one.
        store.change(task, row -> {
            row.attempt = 2;
            row.node = "node-2";
        });
        node.queue.release(task).await();

        StopRun stop = node.stops.await(request -> request.taskId().equals(task));
        assertThat(stop).isEqualTo(new StopRun(task, 1, Reason.LEASE_LOST));
        running.succeed();
        UUID other = store.submit(node.bus, Specs.plain());
        worker.next().succeed();
        store.awaitState(other, TaskState.COMPLETED);
        assertThat(store.look(task).outcomes()).isEmpty();
        assertThat(node.counter("zerostate.queue.lost.leases")).isEqualTo(1);
        assertThat(node.counter("zerostate.queue.stale.finishes")).isEqualTo(1);
    }

    @Test
    void aQueueThatForgotALeaseIsToldOfItAgainAndTheRunGoesOn() throws InterruptedException {
        node.start();
        ScriptedWorker worker = ScriptedWorker.start(node.bus, 0);
        UUID task = store.submit(node.bus, Specs.plain());
        Given running = worker.next();
        node.queue.release(task).await();

        assertThat(node.queue.nextHeartbeat()).containsExactly(task);
        assertThat(node.queue.missing(List.of(task)).await()).isEmpty();
        running.succeed();
        store.awaitState(task, TaskState.COMPLETED);
        assertThat(store.look(task).attempt()).isEqualTo(1);
        assertThat(store.look(task).crashes()).isZero();
    }

    @Test
    void aNodeThatCannotRenewItsLeasesStopsItsRunsAndTakesNoMore() {
        node.start();
        ScriptedWorker worker = ScriptedWorker.start(node.bus, 0);
        UUID task = store.submit(node.bus, Specs.plain());
        Given running = worker.next();
        node.queue.setAway(true);

        StopRun stop = node.stops.await(request -> request.taskId().equals(task));
        assertThat(stop.reason()).isEqualTo(Reason.LEASE_LOST);
        running.end(new Outcome.Lost("stopped"));
        node.queue.setAway(false);
        // The node that stopped the run says so itself, so no crash is counted, and the task runs again.
        worker.next().succeed();
        store.awaitState(task, TaskState.COMPLETED);
        assertThat(store.look(task).attempt()).isEqualTo(2);
        assertThat(store.look(task).crashes()).isZero();
        assertThat(store.look(task).outcomes()).containsExactly(new Outcome.Completed(0));
    }

    @Test
    void aCancelThatTheBusDidNotDeliverStopsTheRunWithTheNextHeartbeat() {
        node.start();
        ScriptedWorker worker = ScriptedWorker.start(node.bus, 0);
        UUID task = store.submit(node.bus, Specs.plain());
        Given running = worker.next();

        store.change(task, row -> row.cancelRequested = true);

        assertThat(node.stops.await(request -> request.taskId().equals(task))).isEqualTo(new StopRun(task, 1, Reason.CANCELLED));
        running.end(new Outcome.Cancelled());
        store.awaitState(task, TaskState.CANCELLED);
    }

    @Test
    void aResultIsStoredAlsoWhenTheQueueIsAwayForLongerThanTheLease() {
        node.start();
        ScriptedWorker worker = ScriptedWorker.start(node.bus, 0);
        UUID task = store.submit(node.bus, Specs.plain());
        Given running = worker.next();
        node.queue.setAway(true);
        node.stops.await(request -> request.taskId().equals(task));

        // It was done before it heard that it should stop.
        running.succeed();

        store.awaitState(task, TaskState.COMPLETED);
        assertThat(store.look(task).attempt()).isEqualTo(1);
    }

    @Test
    void aLeaseThatEndsWithoutAClaimPutsTheTaskBackInLine() {
        UUID task = store.insert(Specs.plain());
        // A node that died between its lease and its claim.
        node.queue.adopt(List.of(new LostLease(task, "node-gone"))).await();
        node.start();
        ScriptedWorker.start(node.bus, 0).prompt();

        store.awaitState(task, TaskState.COMPLETED);
        assertThat(store.look(task).attempt()).isEqualTo(1);
        assertThat(store.look(task).crashes()).isZero();
    }

    @Test
    void aReaperThatWasPausedForLongerThanALeaseLeavesTheWorkToTheNextOne() {
        AtomicInteger pauses = new AtomicInteger();
        store.beforeAttempts(() -> {
            if (pauses.getAndIncrement() == 0) {
                node.clock.advance(DispatchNode.LEASE);
            }
        });
        UUID task = store.insertRunning(Specs.plain(), "node-gone");
        Heard<LoseTasks> losses = store.losses;
        node.start();
        ScriptedWorker.start(node.bus, 0).prompt();
        store.awaitState(task, TaskState.COMPLETED);
        assertThat(pauses.get()).isEqualTo(2);
        assertThat(losses.all()).containsExactly(new LoseTasks(List.of(new LostLease(task, "node-gone", 1))));
        assertThat(store.look(task).crashes()).isEqualTo(1);
    }
}
