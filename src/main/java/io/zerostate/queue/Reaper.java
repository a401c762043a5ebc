package io.zerostate.queue;

import io.vertx.core.Future;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.FindAttempts;
import io.zerostate.bus.LoseTasks;
import io.zerostate.bus.LoseTasks.LostLease;
import io.zerostate.bus.QueueEntry;
import io.zerostate.bus.RunningFound;
import io.zerostate.bus.TasksRequeued;
import io.zerostate.config.QueueSettings;
import io.zerostate.metrics.QueueMetrics.Requeued;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for leases that nobody renewed, has PostgreSQL decide what becomes of their tasks, and puts those in line that wait.
 *
 * <p>Its own hold on them lasts as long as a lease. A reaper that was paused or cut off for that long may find that another one has done
 * the work, and that the task runs again, perhaps on the same node. So it names the attempt that was lost, and leaves off in time.
 */
final class Reaper {
    private static final Logger LOG = LoggerFactory.getLogger(Reaper.class);
    private static final int MOST_AT_ONCE = 256;

    private final Ports ports;
    private final Board board;
    private final LeaseKeeper keeper;
    private final LeaseLoss loss;
    private final Duration interval;
    private final Duration hold;
    private boolean reaping;

    Reaper(Ports ports, Board board, LeaseKeeper keeper, LeaseLoss loss, QueueSettings settings) {
        this.ports = ports;
        this.board = board;
        this.keeper = keeper;
        this.loss = loss;
        this.interval = settings.reap();
        this.hold = settings.lease().dividedBy(4).multipliedBy(3);
    }

    void start() {
        ports.vertx().setPeriodic(interval.toMillis(), timer -> reap());
    }

    private void reap() {
        // After a pause of the process its own leases may look abandoned: the heartbeat goes first.
        if (reaping || !keeper.isFresh()) {
            return;
        }
        reaping = true;
        Instant began = ports.clock().instant();
        ports.queue()
                .reap(MOST_AT_ONCE)
                .compose(leases -> leases.isEmpty() ? Future.succeededFuture() : lose(leases, began))
                .onFailure(failure -> LOG.warn("reaping failed, the next round tries again: {}", failure.getMessage()))
                .onComplete(done -> reaping = false);
    }

    private Future<Void> lose(List<LostLease> leases, Instant began) {
        ports.metrics().reaped(leases.size());
        for (LostLease lease : leases) {
            LOG.atWarn().addKeyValue("task_id", lease.taskId()).addKeyValue("node", lease.node()).log("lease expired");
            ActiveAttempt ours = board.attempts().find(lease.taskId());
            if (ours != null) {
                loss.lost(ours);
            }
        }
        List<UUID> ids = leases.stream().map(LostLease::taskId).toList();
        return ports.bus()
                .request(Addresses.TASK_ATTEMPTS, new FindAttempts(ids))
                .compose(found -> inTime(
                        began, () -> ports.bus().request(Addresses.TASK_LOSE, new LoseTasks(named(leases, found)))))
                .compose(answer -> inTime(began, () -> putInLine(leases, answer)));
    }

    private static List<LostLease> named(List<LostLease> leases, RunningFound found) {
        Map<UUID, Integer> attempts = new HashMap<>();
        found.tasks().forEach(task -> attempts.put(task.taskId(), task.attempt()));
        return leases.stream()
                .map(lease -> new LostLease(lease.taskId(), lease.node(), attempts.getOrDefault(lease.taskId(), 0)))
                .toList();
    }

    private <T> Future<T> inTime(Instant began, Supplier<Future<T>> step) {
        return ports.clock().instant().isBefore(began.plus(hold))
                ? step.get()
                : Future.failedFuture("it took too long, and the leases may be another's by now");
    }

    private Future<Void> putInLine(List<LostLease> leases, TasksRequeued answer) {
        Set<UUID> rest = new HashSet<>();
        leases.forEach(lease -> rest.add(lease.taskId()));
        Future<Void> done = Future.succeededFuture();
        for (QueueEntry entry : answer.entries()) {
            rest.remove(entry.taskId());
            ports.metrics().requeued(Requeued.LOST);
            done = done.compose(ok -> ports.queue().requeue(entry));
        }
        for (UUID taskId : rest) {
            done = done.compose(ok -> ports.queue().release(taskId));
        }
        return done;
    }
}
