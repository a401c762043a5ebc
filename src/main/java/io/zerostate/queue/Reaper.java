package io.zerostate.queue;

import io.vertx.core.Future;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.LoseTasks;
import io.zerostate.bus.LoseTasks.LostLease;
import io.zerostate.bus.QueueEntry;
import io.zerostate.bus.TasksRequeued;
import io.zerostate.metrics.QueueMetrics.Requeued;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for leases that nobody renewed, has PostgreSQL decide what becomes of their tasks, and puts those in line that wait. */
final class Reaper {
    private static final Logger LOG = LoggerFactory.getLogger(Reaper.class);
    private static final int MOST_AT_ONCE = 256;

    private final Ports ports;
    private final Board board;
    private final LeaseKeeper keeper;
    private final LeaseLoss loss;
    private boolean reaping;

    Reaper(Ports ports, Board board, LeaseKeeper keeper, LeaseLoss loss) {
        this.ports = ports;
        this.board = board;
        this.keeper = keeper;
        this.loss = loss;
    }

    void start(Duration interval) {
        ports.vertx().setPeriodic(interval.toMillis(), timer -> reap());
    }

    private void reap() {
        // After a pause of the process its own leases may look abandoned: the heartbeat goes first.
        if (reaping || !keeper.isFresh()) {
            return;
        }
        reaping = true;
        ports.queue()
                .reap(MOST_AT_ONCE)
                .compose(leases -> leases.isEmpty() ? Future.succeededFuture() : lose(leases))
                .onFailure(failure -> LOG.warn("reaping failed, the next round tries again: {}", failure.getMessage()))
                .onComplete(done -> reaping = false);
    }

    private Future<Void> lose(List<LostLease> leases) {
        ports.metrics().reaped(leases.size());
        for (LostLease lease : leases) {
            LOG.atWarn().addKeyValue("task_id", lease.taskId()).addKeyValue("node", lease.node()).log("lease expired");
            ActiveAttempt ours = board.attempts().find(lease.taskId());
            if (ours != null) {
                loss.lost(ours);
            }
        }
        return ports.bus()
                .request(Addresses.TASK_LOSE, new LoseTasks(leases))
                .compose(answer -> putInLine(leases, answer));
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
