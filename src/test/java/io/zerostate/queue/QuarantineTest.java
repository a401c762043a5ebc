package io.zerostate.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerostate.bus.Addresses;
import io.zerostate.bus.StopRun;
import io.zerostate.queue.ScriptedWorker.Given;
import io.zerostate.task.Outcome;
import io.zerostate.task.TaskState;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A task that went down with a node before. */
class QuarantineTest {
    private final DispatchNode node = new DispatchNode();
    private final InMemoryTaskStore store = node.store;

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aCrashedTaskWaitsUntilTheNodeIsEmptyAndThenRunsAlone() {
        node.start();
        ScriptedWorker worker = ScriptedWorker.start(node.bus, 0);
        UUID neighbour = store.submit(node.bus, Specs.plain());
        Given before = worker.next();
        UUID crashed = submitCrashed();
        ScriptedWorker free = ScriptedWorker.start(node.bus, 1);
        store.awaitState(crashed, TaskState.RUNNING);
        UUID later = store.submit(node.bus, Specs.plain());
        node.statuses.awaitMore(1);
        assertThat(free.all()).isEmpty();

        before.succeed();
        store.awaitState(neighbour, TaskState.COMPLETED);
        node.statuses.await(status -> status.busy() == 1 && status.slots() == 2);
        node.statuses.awaitMore(1);
        assertThat(store.look(later).state()).isEqualTo(TaskState.QUEUED);
        Given alone = worker.hasNothing() ? free.next() : worker.next();
        assertThat(alone.task().taskId()).isEqualTo(crashed);

        free.prompt();
        worker.prompt();
        alone.succeed();
        store.awaitState(later, TaskState.COMPLETED);
        assertThat(store.look(crashed).outcomes()).containsExactly(new Outcome.Completed(0));
    }

    @Test
    void severalCrashedTasksRunOneAfterTheOther() {
        node.start();
        UUID first = submitCrashed();
        UUID second = submitCrashed();
        ScriptedWorker one = ScriptedWorker.start(node.bus, 0);
        ScriptedWorker two = ScriptedWorker.start(node.bus, 1);
        store.awaitState(first, TaskState.RUNNING);
        store.awaitAll(rows -> one.all().size() + two.all().size() == 1);
        node.statuses.awaitMore(1);
        assertThat(one.all().size() + two.all().size()).isEqualTo(1);

        Given alone = one.hasNothing() ? two.next() : one.next();
        one.prompt();
        two.prompt();
        alone.succeed();
        store.awaitState(first, TaskState.COMPLETED);
        store.awaitState(second, TaskState.COMPLETED);
    }

    @Test
    void aCrashedTaskThatIsCancelledWhileItWaitsEndsAtOnce() {
        node.start();
        ScriptedWorker worker = ScriptedWorker.start(node.bus, 0);
        UUID neighbour = store.submit(node.bus, Specs.plain());
        Given running = worker.next();
        UUID crashed = submitCrashed();
        ScriptedWorker free = ScriptedWorker.start(node.bus, 1);
        store.awaitState(crashed, TaskState.RUNNING);
        node.statuses.awaitMore(1);
        store.change(crashed, row -> row.cancelRequested = true);
        node.bus.publish(Addresses.RUN_STOP, new StopRun(crashed, 0, StopRun.Reason.CANCELLED));

        store.awaitState(crashed, TaskState.CANCELLED);
        UUID next = store.submit(node.bus, Specs.plain());
        Given successor = free.next();
        assertThat(successor.task().taskId()).isEqualTo(next);
        successor.succeed();
        running.succeed();
        store.awaitState(neighbour, TaskState.COMPLETED);
    }

    private UUID submitCrashed() {
        UUID task = store.insert(Specs.plain());
        store.change(task, row -> row.crashes = 1);
        return task;
    }
}
