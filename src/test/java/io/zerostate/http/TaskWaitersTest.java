package io.zerostate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.zerostate.bus.TaskEvent;
import io.zerostate.bus.TaskEvents;
import io.zerostate.task.TaskState;
import io.zerostate.task.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskWaitersTest {

    private static final UUID TASK = UUID.fromString("01980f4c-7c2e-7d15-a2f0-5e0c9c1b7a11");
    private static final UUID OTHER = UUID.fromString("01980f4c-7c2e-7d15-a2f0-5e0c9c1b7a12");
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Vertx vertx = Vertx.vertx();
    private final Context eventLoop = vertx.getOrCreateContext();
    private final TaskWaiters waiters = new TaskWaiters(vertx);

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void theEndOfATaskWakesAllWhoWaitForIt() {
        Future<Boolean> first = await(TASK, LONG).ended();
        Future<Boolean> second = await(TASK, LONG).ended();

        hear(TASK, TaskState.FAILED);

        assertThat(first.await()).isTrue();
        assertThat(second.await()).isTrue();
    }

    @Test
    void otherNewsWakesNobody() {
        Future<Boolean> ended = await(TASK, LONG).ended();

        hear(TASK, TaskState.RUNNING);
        hear(OTHER, TaskState.COMPLETED);

        assertThat(ended.isComplete()).isFalse();
    }

    @Test
    void whoseTimeIsOverIsToldSo() {
        assertThat(await(TASK, Duration.ofMillis(1)).ended().await()).isFalse();
    }

    @Test
    void oneWhoLeavesDoesNotTakeTheOthersAlong() {
        TaskWaiters.Waiter leaves = await(TASK, LONG);
        Future<Boolean> stays = await(TASK, LONG).ended();

        on(() -> {
            leaves.cancel();
            return null;
        });
        assertThat(leaves.ended().await()).isFalse();
        assertThat(stays.isComplete()).isFalse();

        hear(TASK, TaskState.CANCELLED);
        assertThat(stays.await()).isTrue();
    }

    @Test
    void closingSendsEverybodyHome() {
        Future<Boolean> ended = await(TASK, LONG).ended();

        on(() -> {
            waiters.close();
            return null;
        });

        assertThat(ended.await()).isFalse();
    }

    private TaskWaiters.Waiter await(UUID task, Duration most) {
        return on(() -> waiters.await(task, most));
    }

    private void hear(UUID task, TaskState state) {
        TaskEvent event = new TaskEvent.Changed(
                task, Tenant.DEFAULT_ID, OTHER, state, 1, 2, "", state.message(1, null), null, Instant.EPOCH);
        on(() -> {
            waiters.hear(new TaskEvents(List.of(event)));
            return null;
        });
    }

    private <T> T on(Callable<T> work) {
        return Future.<T>future(promise -> eventLoop.runOnContext(go -> {
            try {
                promise.complete(work.call());
            } catch (Exception e) {
                promise.fail(e);
            }
        })).await();
    }
}
