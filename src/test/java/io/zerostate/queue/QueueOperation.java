package io.zerostate.queue;

import io.zerostate.bus.LoseTasks.LostLease;
import io.zerostate.bus.QueueEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

/** A call that a random history of a queue is made of. Tasks are numbers, so that histories meet the same few again and again. */
public sealed interface QueueOperation {
    record Offer(int task, int rank, int delay) implements QueueOperation {}

    record Lease(int count) implements QueueOperation {}

    record Heartbeat(List<Integer> tasks) implements QueueOperation {
        public Heartbeat {
            tasks = List.copyOf(tasks);
        }
    }

    record Release(int task) implements QueueOperation {}

    record Requeue(int task, int rank, int delay) implements QueueOperation {}

    record Reap() implements QueueOperation {}

    record Adopt(int task, String node) implements QueueOperation {}

    record Withdraw(int task) implements QueueOperation {}

    record Elapse(int seconds) implements QueueOperation {}

    static UUID id(int task) {
        return new UUID(0, task);
    }

    static QueueEntry entry(int task, int rank, int delay, Instant now) {
        return new QueueEntry(id(task), rank, now.plusSeconds(delay));
    }

    /**
     * Does it, and answers what the queue said.
     *
     * @param now the queue's time; that time passes is left to whoever has the clock
     */
    default Object apply(TaskQueue queue, Instant now) {
        return switch (this) {
            case Offer(int task, int rank, int delay) -> done(queue.offer(List.of(entry(task, rank, delay, now))).await());
            case Lease(int count) -> queue.lease(count).await();
            case Heartbeat(List<Integer> tasks) ->
                queue.heartbeat(tasks.stream().map(QueueOperation::id).toList()).await();
            case Release(int task) -> done(queue.release(id(task)).await());
            case Requeue(int task, int rank, int delay) -> done(queue.requeue(entry(task, rank, delay, now)).await());
            case Reap() -> new HashSet<>(queue.reap(Integer.MAX_VALUE).await());
            case Adopt(int task, String node) -> done(queue.adopt(List.of(new LostLease(id(task), node))).await());
            case Withdraw(int task) -> done(queue.withdraw(List.of(id(task))).await());
            case Elapse(int seconds) -> Duration.ofSeconds(seconds);
        };
    }

    private static Object done(Void nothing) {
        return "done";
    }
}
