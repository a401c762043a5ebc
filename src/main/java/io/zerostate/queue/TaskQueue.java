package io.zerostate.queue;

import io.vertx.core.Future;
import io.zerostate.bus.LoseTasks.LostLease;
import io.zerostate.bus.QueueEntry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * The dispatch index: which waiting task is next, and which node holds which task. It is fast and may forget everything at any
 * time: PostgreSQL holds the truth, and the reconciler puts back what is missing.
 *
 * <p>A task is in at most one of ready, delayed and leased (invariant I6). All calls are idempotent, answer on the caller's
 * context and fail when the queue cannot be reached.
 */
public interface TaskQueue {
    /**
     * Puts tasks in line; those whose time has not come wait aside. A task that is leased is left alone; one that stands in line
     * already takes the new rank and time.
     */
    Future<Void> offer(List<QueueEntry> entries);

    /**
     * Takes up to {@code count} ready tasks and leases them to this node: lowest rank first, then in the order in which they fell due,
     * then first in first out.
     *
     * @return how they stood in line, in that order; {@link #requeue} with such an entry puts a task back at its old place
     */
    Future<List<QueueEntry>> lease(int count);

    /**
     * Renews this node's leases, also those that have expired but were not reaped. Of a task that it knows nothing about the queue
     * takes the node's word: it has lost its memory, and the run is better than its repetition. (Should the task be over, PostgreSQL
     * says so, and refuses whatever still comes of it.)
     *
     * @return those that are not this node's any more: reaped, leased by another, or back in line
     */
    Future<List<UUID>> heartbeat(List<UUID> taskIds);

    /** Ends this node's lease, taken by {@link #lease} or {@link #reap}, of a task that has ended or has nothing to run. */
    Future<Void> release(UUID taskId);

    /**
     * Ends this node's lease, taken by {@link #lease} or {@link #reap}, and puts the task back in line. Changes nothing when this node
     * holds no lease of it.
     */
    Future<Void> requeue(QueueEntry entry);

    /**
     * Takes over leases that nobody renewed, for another lease's time, so that one reaper works on each. A reaper that does not
     * release or requeue in that time leaves the work to the next one.
     *
     * @return them with the node that ran them, also when a reaper had taken them over since
     */
    Future<List<LostLease>> reap(int count);

    /** Which of these tasks the queue knows nothing about. */
    Future<List<UUID>> missing(List<UUID> taskIds);

    /** Remembers leases that the queue forgot; they expire unless their owner renews them. */
    Future<Void> adopt(List<LostLease> leases);

    /** Forgets waiting tasks that were cancelled. */
    Future<Void> withdraw(List<UUID> taskIds);

    /** How many tasks stand in line, ready or delayed. */
    Future<Long> depth();

    /**
     * Completes when there may be something to lease: at once if there is, else when work arrives or falls due, at the latest after
     * {@code patience}.
     */
    Future<Void> awaitWork(Duration patience);

    /** Succeeds when the queue can be reached; fails with a reason for people. */
    Future<Void> check();
}
