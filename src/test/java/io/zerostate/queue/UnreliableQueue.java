package io.zerostate.queue;

import io.vertx.core.Future;
import io.zerostate.bus.LoseTasks.LostLease;
import io.zerostate.bus.QueueEntry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A queue that a test can cut off, and whose calls it can count. */
final class UnreliableQueue implements TaskQueue {
    private final TaskQueue queue;
    /** One for each call that found the queue away. */
    final Heard<String> refusals = new Heard<>();

    private final AtomicInteger leaseCalls = new AtomicInteger();
    private volatile boolean away;

    private final BlockingQueue<List<UUID>> heartbeats = new LinkedBlockingQueue<>();

    UnreliableQueue(TaskQueue queue) {
        this.queue = queue;
    }

    void setAway(boolean isAway) {
        away = isAway;
    }

    /** What the next heartbeat that is sent from now on asks for, once it was answered. */
    List<UUID> nextHeartbeat() throws InterruptedException {
        heartbeats.clear();
        return Objects.requireNonNull(heartbeats.poll(10, TimeUnit.SECONDS), "no heartbeat");
    }

    int leaseCalls() {
        return leaseCalls.get();
    }

    @Override
    public Future<Void> offer(List<QueueEntry> entries) {
        return reach(() -> queue.offer(entries));
    }

    @Override
    public Future<List<QueueEntry>> lease(int count) {
        leaseCalls.incrementAndGet();
        return reach(() -> queue.lease(count));
    }

    @Override
    public Future<List<UUID>> heartbeat(List<UUID> taskIds) {
        return reach(() -> queue.heartbeat(taskIds)).onSuccess(lost -> heartbeats.add(taskIds));
    }

    @Override
    public Future<Void> release(UUID taskId) {
        return reach(() -> queue.release(taskId));
    }

    @Override
    public Future<Void> requeue(QueueEntry entry) {
        return reach(() -> queue.requeue(entry));
    }

    @Override
    public Future<List<LostLease>> reap(int count) {
        return reach(() -> queue.reap(count));
    }

    @Override
    public Future<List<UUID>> missing(List<UUID> taskIds) {
        return reach(() -> queue.missing(taskIds));
    }

    @Override
    public Future<Void> adopt(List<LostLease> leases) {
        return reach(() -> queue.adopt(leases));
    }

    @Override
    public Future<Void> withdraw(List<UUID> taskIds) {
        return reach(() -> queue.withdraw(taskIds));
    }

    @Override
    public Future<Long> depth() {
        return reach(queue::depth);
    }

    @Override
    public Future<Void> awaitWork(Duration patience) {
        return reach(() -> queue.awaitWork(patience));
    }

    @Override
    public Future<Void> check() {
        return reach(queue::check);
    }

    private <T> Future<T> reach(Supplier<Future<T>> call) {
        if (away) {
            refusals.add("refused");
            return Future.failedFuture("the queue is away");
        }
        return call.get();
    }
}
