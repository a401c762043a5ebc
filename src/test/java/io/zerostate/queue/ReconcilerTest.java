package io.zerostate.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerostate.task.TaskState;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose turn it is to look for what the queue forgot. */
class ReconcilerTest {
    private final DispatchNode node = new DispatchNode();
    private final InMemoryTaskStore store = node.store;

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aNodeWhoseTurnItIsFindsWhatTheQueueForgotRightAfterItsStart() {
        UUID task = store.insert(Specs.plain());
        node.start();
        ScriptedWorker.start(node.bus, 0).prompt();
        store.awaitState(task, TaskState.COMPLETED);
    }

    @Test
    void aNodeLeavesItToTheOneWhoseTurnItIs() {
        store.setTurnOurs(false);
        UUID task = store.insert(Specs.plain());
        node.start();
        ScriptedWorker.start(node.bus, 0).prompt();
        // Reports come once a second, and a round three times as often.
        node.statuses.awaitMore(2);
        assertThat(store.look(task).state()).isEqualTo(TaskState.QUEUED);
    }

    @Test
    void aNodeTakesOverWhenTheTurnIsFree() {
        store.setTurnOurs(false);
        UUID task = store.insert(Specs.plain());
        node.start();
        ScriptedWorker.start(node.bus, 0).prompt();
        node.statuses.awaitMore(1);
        store.setTurnOurs(true);
        store.awaitState(task, TaskState.COMPLETED);
    }

    @Test
    void aNodeThatLostItsTurnStops() {
        node.start();
        ScriptedWorker.start(node.bus, 0).prompt();
        UUID before = store.insert(Specs.plain());
        store.awaitState(before, TaskState.COMPLETED);
        store.setTurnOurs(false);
        node.statuses.awaitMore(1);
        UUID after = store.insert(Specs.plain());
        node.statuses.awaitMore(2);
        assertThat(store.look(after).state()).isEqualTo(TaskState.QUEUED);
    }

    @Test
    void aRoundThatFailsIsTriedAgainSoon() {
        store.setAway(true);
        UUID task = store.insert(Specs.plain());
        node.start();
        ScriptedWorker.start(node.bus, 0).prompt();
        node.statuses.awaitMore(1);
        store.setAway(false);
        store.awaitState(task, TaskState.COMPLETED);
    }
}
