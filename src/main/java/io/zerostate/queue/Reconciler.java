package io.zerostate.queue;

import io.vertx.core.Future;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.CheckAttempts;
import io.zerostate.bus.FindRunning;
import io.zerostate.bus.FindWaiting;
import io.zerostate.bus.LoseTasks.LostLease;
import io.zerostate.bus.QueueEntry;
import io.zerostate.bus.RunningFound.RunningTask;
import io.zerostate.bus.TakeReconcileTurn;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the queue again what it has forgotten: waiting tasks are put in line, and running ones get a lease, which expires unless
 * somebody really runs them. At start this rebuilds the whole queue. One node of a cluster does it, because one is enough: it is safe
 * to run twice, and at the same time as everything else.
 */
final class Reconciler {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    /** Enough that a long line is a few statements, and little enough that nobody waits long behind the answer to one. */
    private static final int PAGE = 2_000;

    /** So that the next node is at work within an interval, with what PostgreSQL takes to notice that the one before is gone. */
    private static final int ASKS_PER_INTERVAL = 5;

    private final Ports ports;
    private final Duration interval;
    private boolean ours;
    private int failures;

    Reconciler(Ports ports, Duration interval) {
        this.ports = ports;
        this.interval = interval;
    }

    /**
     * Runs now, if it is this node's turn, and then each time the interval after the end of the last run; soon again after a failure.
     * While it is another node's turn, asks several times per interval whether that node is gone.
     */
    void start() {
        turn().compose(ok -> ours ? round() : Future.succeededFuture()).onComplete(done -> {
            failures = done.succeeded() ? 0 : failures + 1;
            if (done.failed()) {
                LOG.warn("reconciling failed: {}", done.cause().getMessage());
            }
            ports.vertx().setTimer(Math.max(1, delayMs()), timer -> start());
        });
    }

    private long delayMs() {
        if (failures > 0) {
            return Math.min(interval.toMillis(), Backoff.DEPENDENCY.delayMs(failures));
        }
        return ours ? interval.toMillis() : interval.dividedBy(ASKS_PER_INTERVAL).toMillis();
    }

    private Future<Void> turn() {
        return ports.bus().request(Addresses.RECONCILE_TURN, new TakeReconcileTurn()).map(turn -> {
            if (turn.ours() != ours) {
                LOG.info(turn.ours() ? "this node reconciles from now on" : "another node reconciles from now on");
                ours = turn.ours();
            }
            return null;
        });
    }

    /** One round, whoever's turn it is. */
    Future<Void> round() {
        return running(null).compose(ok -> waiting(null));
    }

    private Future<Void> waiting(@Nullable UUID after) {
        return ports.bus().request(Addresses.TASK_WAITING, new FindWaiting(after, PAGE)).compose(found -> {
            List<QueueEntry> page = found.entries();
            return missing(page.stream().map(QueueEntry::taskId).toList())
                    .compose(missing -> offer(page.stream().filter(entry -> missing.contains(entry.taskId())).toList()))
                    .compose(ok -> page.size() < PAGE ? Future.succeededFuture() : waiting(page.getLast().taskId()));
        });
    }

    private Future<Void> running(@Nullable UUID after) {
        return ports.bus().request(Addresses.TASK_RUNNING, new FindRunning(after, PAGE)).compose(found -> {
            List<RunningTask> page = found.tasks();
            return missing(page.stream().map(RunningTask::taskId).toList())
                    .compose(missing -> stillRunning(
                            page.stream().filter(task -> missing.contains(task.taskId())).toList()))
                    .compose(this::adopt)
                    .compose(ok -> page.size() < PAGE ? Future.succeededFuture() : running(page.getLast().taskId()));
        });
    }

    /** A task may have ended, and with it its lease, after it was found running: so it is looked at once more. */
    private Future<List<RunningTask>> stillRunning(List<RunningTask> missing) {
        if (missing.isEmpty()) {
            return Future.succeededFuture(missing);
        }
        CheckAttempts request = new CheckAttempts(missing.stream()
                .map(task -> new CheckAttempts.Held(task.taskId(), task.attempt()))
                .toList());
        return ports.bus().request(Addresses.TASK_CHECK, request).map(answer -> missing.stream()
                .filter(task -> !answer.stale().contains(task.taskId()))
                .toList());
    }

    private Future<Set<UUID>> missing(List<UUID> taskIds) {
        return taskIds.isEmpty() ? Future.succeededFuture(Set.of()) : ports.queue().missing(taskIds).map(HashSet::new);
    }

    private Future<Void> offer(List<QueueEntry> forgotten) {
        if (forgotten.isEmpty()) {
            return Future.succeededFuture();
        }
        LOG.atInfo().addKeyValue("tasks", forgotten.size()).log("the queue did not know of waiting tasks");
        ports.metrics().reconciled(forgotten.size());
        return ports.queue().offer(forgotten);
    }

    private Future<Void> adopt(List<RunningTask> forgotten) {
        if (forgotten.isEmpty()) {
            return Future.succeededFuture();
        }
        LOG.atInfo().addKeyValue("tasks", forgotten.size()).log("the queue did not know of running tasks");
        ports.metrics().reconciled(forgotten.size());
        return ports.queue()
                .adopt(forgotten.stream().map(task -> new LostLease(task.taskId(), task.node())).toList());
    }
}
