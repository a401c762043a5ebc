package io.zerostate.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.zerostate.bus.TaskEvent;
import io.zerostate.bus.TaskEvents;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Requests that wait for the end of a task. Every node hears the events of every task, so that a task may end on another
 * node than the one that was asked. Events are hints: a waiter whose event was lost is answered when its time is over.
 *
 * <p>Event loop only, always the same one.
 */
final class TaskWaiters {

    /** One request that waits. */
    final class Waiter {

        private final UUID taskId;
        private final Promise<Boolean> promise = Promise.promise();
        private final long timer;

        private Waiter(UUID taskId, Duration most) {
            this.taskId = taskId;
            this.timer = vertx.setTimer(Math.max(1, most.toMillis()), expired -> finish(false));
        }

        /** Succeeds with true when the task has ended, with false when the time is over or {@link #cancel} was called. */
        Future<Boolean> ended() {
            return promise.future();
        }

        boolean isFor(UUID task) {
            return taskId.equals(task);
        }

        /** Says that the task has ended, to one who found out otherwise. */
        void end() {
            finish(true);
        }

        /** Waits no longer. */
        void cancel() {
            finish(false);
        }

        private void finish(boolean ended) {
            vertx.cancelTimer(timer);
            Set<Waiter> others = waiters.get(taskId);
            if (others != null && others.remove(this) && others.isEmpty()) {
                waiters.remove(taskId);
            }
            promise.tryComplete(ended);
        }
    }

    private final Vertx vertx;
    private final Map<UUID, Set<Waiter>> waiters = new HashMap<>();

    TaskWaiters(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Begins to wait for the end of a task, for no longer than {@code most}. */
    Waiter await(UUID taskId, Duration most) {
        Waiter waiter = new Waiter(taskId, most);
        waiters.computeIfAbsent(taskId, id -> new HashSet<>()).add(waiter);
        return waiter;
    }

    /** Wakes those who wait for the tasks that these events end. */
    void hear(TaskEvents events) {
        if (waiters.isEmpty()) {
            return;
        }
        for (TaskEvent event : events.events()) {
            if (event instanceof TaskEvent.Changed changed && changed.state().isTerminal()) {
                finish(changed.taskId(), true);
            }
        }
    }

    /** Sends everybody home. */
    void close() {
        List.copyOf(waiters.keySet()).forEach(id -> finish(id, false));
    }

    private void finish(UUID taskId, boolean ended) {
        List.copyOf(waiters.getOrDefault(taskId, Set.of())).forEach(waiter -> waiter.finish(ended));
    }
}
