package io.zerostate.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.zerostate.bus.StopRun;
import io.zerostate.bus.StopRun.Reason;
import io.zerostate.queue.ScriptedWorker.Given;
import io.zerostate.task.Outcome;
import io.zerostate.task.TaskState;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A graceful stop. */
class DrainTest {
    private DispatchNode node = new DispatchNode(Duration.ofMillis(500));

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void anIdleNodeIsDrainedAtOnce() {
        node.start();
        ScriptedWorker.start(node.bus, 0);

        node.verticle.drain().await();
        assertThat(node.verticle.drain().await()).isNull();
        node.statuses.await(status -> status.stopping());
    }

    @Test
    void whatRunsMayEndAndNothingElseBegins() {
        node.close();
        node = new DispatchNode(Duration.ofSeconds(20)).start();
        ScriptedWorker worker = ScriptedWorker.start(node.bus, 0);
        UUID running = node.store.submit(node.bus, Specs.plain());
        Given given = worker.next();
        UUID waiting = node.store.submit(node.bus, Specs.plain());
        Future<Void> drained = node.verticle.drain();
        node.statuses.await(status -> status.stopping());
        assertThat(drained.isComplete()).isFalse();
        given.succeed();
        drained.await();

        assertThat(node.store.look(running).state()).isEqualTo(TaskState.COMPLETED);
        assertThat(node.store.look(waiting).state()).isEqualTo(TaskState.QUEUED);
        assertThat(worker.all()).hasSize(1);
        assertThat(node.stops.all()).isEmpty();
    }

    @Test
    void whatWasBeingClaimedWhenTheStopCameRunsToItsEnd() {
        node.close();
        node = new DispatchNode(Duration.ofSeconds(20)).start();
        ScriptedWorker worker = ScriptedWorker.start(node.bus, 0);
        Promise<Void> claimed = node.store.holdClaims();
        UUID task = node.store.submit(node.bus, Specs.plain());
        node.store.awaitState(task, TaskState.RUNNING);
        Future<Void> drained = node.verticle.drain();
        node.statuses.await(status -> status.stopping());
        claimed.complete();
        worker.next().succeed();
        drained.await();

        assertThat(node.store.look(task).state()).isEqualTo(TaskState.COMPLETED);
        assertThat(node.store.look(task).attempt()).isEqualTo(1);
    }

    @Test
    void whatStillRunsAfterTheGraceTimeGoesBackWithoutBurningARetryOrACrash() {
        node.start();
        ScriptedWorker worker = ScriptedWorker.start(node.bus, 0);
        UUID task = node.store.submit(node.bus, Specs.plain());
        Given given = worker.next();
        Future<Void> drained = node.verticle.drain();
        StopRun stop = node.stops.await(request -> request.taskId().equals(task));
        assertThat(stop).isEqualTo(new StopRun(task, 1, Reason.SHUTDOWN));
        given.end(new Outcome.Lost("The node stops"));
        drained.await();

        InMemoryTaskStore.Snapshot after = node.store.look(task);
        assertThat(after.state()).isEqualTo(TaskState.QUEUED);
        assertThat(after.retries()).isZero();
        assertThat(after.crashes()).isZero();
        assertThat(after.outcomes()).isEmpty();
        assertThat(node.queue.lease(5).await()).extracting(entry -> entry.taskId()).containsExactly(task);
    }

    @Test
    void aRunThatEndsJustBeforeItIsStoppedKeepsItsResult() {
        node.start();
        ScriptedWorker worker = ScriptedWorker.start(node.bus, 0);
        UUID task = node.store.submit(node.bus, Specs.plain());
        Given given = worker.next();
        Future<Void> drained = node.verticle.drain();
        node.stops.await(request -> request.taskId().equals(task));
        given.succeed();
        drained.await();

        assertThat(node.store.look(task).state()).isEqualTo(TaskState.COMPLETED);
    }

    @Test
    void whatHasNotBegunGoesBackAtOnce() {
        node.close();
        node = new DispatchNode(Duration.ofSeconds(20)).start();
        ScriptedWorker worker = ScriptedWorker.start(node.bus, 0);
        node.store.submit(node.bus, Specs.plain());
        Given running = worker.next();
        UUID held = node.store.insert(Specs.plain());
        node.store.change(held, row -> row.crashes = 1);
        ScriptedWorker.start(node.bus, 1);
        node.store.awaitState(held, TaskState.RUNNING);
        Future<Void> drained = node.verticle.drain();
        node.store.awaitState(held, TaskState.QUEUED);

        assertThat(drained.isComplete()).isFalse();
        running.succeed();
        drained.await();
        assertThat(node.store.look(held).crashes()).isEqualTo(1);
    }
}
