package io.zerostate.queue.local;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.zerostate.bus.LoseTasks.LostLease;
import io.zerostate.bus.QueueEntry;
import io.zerostate.queue.TaskQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The queue of the only node there is. One lock guards it, which is held for microseconds; every call but {@link #awaitWork}
 * answers before it returns. Safe from any thread.
 *
 * <p>It starts empty, and a lease that it does not know belonged to a node that is gone, because no other node shares it. So an
 * adopted lease has expired already, whatever its node's name, and its task is lost and tried again without waiting.
 */
public final class LocalTaskQueue implements TaskQueue {
    private final String node;
    private final Duration duration;
    private final InstantSource clock;
    private final Object lock = new Object();
    private final Bell bell;
    private final WaitingLine line = new WaitingLine();
    private final Map<UUID, Lease> leases = new HashMap<>();

    /**
     * @param node owner of the leases
     * @param duration how long a lease lasts without a heartbeat
     */
    public LocalTaskQueue(Vertx vertx, String node, Duration duration, InstantSource clock) {
        this.node = node;
        this.duration = duration;
        this.clock = clock;
        this.bell = new Bell(vertx);
    }

    @Override
    public Future<Void> offer(List<QueueEntry> entries) {
        synchronized (lock) {
            Instant now = clock.instant();
            for (QueueEntry entry : entries) {
                if (!leases.containsKey(entry.taskId())) {
                    line.put(entry, now);
                }
            }
            ring();
        }
        return Future.succeededFuture();
    }

    @Override
    public Future<List<QueueEntry>> lease(int count) {
        List<QueueEntry> leased = new ArrayList<>(count);
        synchronized (lock) {
            Instant now = clock.instant();
            while (leased.size() < count) {
                QueueEntry next = line.poll(now);
                if (next == null) {
                    break;
                }
                leases.put(next.taskId(), new Lease(node, now.plus(duration), false));
                leased.add(next);
            }
        }
        return Future.succeededFuture(leased);
    }

    @Override
    public Future<List<UUID>> heartbeat(List<UUID> taskIds) {
        List<UUID> lost = new ArrayList<>();
        synchronized (lock) {
            Lease renewed = new Lease(node, clock.instant().plus(duration), false);
            for (UUID taskId : taskIds) {
                Lease held = leases.get(taskId);
                boolean ours = held == null ? !line.contains(taskId) : held.node().equals(node) && !held.reaped();
                if (ours) {
                    leases.put(taskId, renewed);
                } else {
                    lost.add(taskId);
                }
            }
        }
        return Future.succeededFuture(lost);
    }

    @Override
    public Future<Void> release(UUID taskId) {
        synchronized (lock) {
            endLease(taskId);
        }
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> requeue(QueueEntry entry) {
        synchronized (lock) {
            if (endLease(entry.taskId())) {
                line.put(entry, clock.instant());
                ring();
            }
        }
        return Future.succeededFuture();
    }

    @Override
    public Future<List<LostLease>> reap(int count) {
        List<LostLease> expired = new ArrayList<>();
        synchronized (lock) {
            Instant now = clock.instant();
            for (Map.Entry<UUID, Lease> entry : leases.entrySet()) {
                Lease held = entry.getValue();
                if (expired.size() < count && held.hasExpired(now)) {
                    entry.setValue(new Lease(held.node(), now.plus(duration), true));
                    expired.add(new LostLease(entry.getKey(), held.node()));
                }
            }
        }
        return Future.succeededFuture(expired);
    }

    @Override
    public Future<List<UUID>> missing(List<UUID> taskIds) {
        synchronized (lock) {
            return Future.succeededFuture(taskIds.stream()
                    .filter(taskId -> !line.contains(taskId) && !leases.containsKey(taskId))
                    .toList());
        }
    }

    @Override
    public Future<Void> adopt(List<LostLease> forgotten) {
        synchronized (lock) {
            Instant now = clock.instant();
            for (LostLease lease : forgotten) {
                if (!line.contains(lease.taskId())) {
                    leases.putIfAbsent(lease.taskId(), new Lease(lease.node(), now, false));
                }
            }
        }
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> withdraw(List<UUID> taskIds) {
        synchronized (lock) {
            taskIds.forEach(line::remove);
        }
        return Future.succeededFuture();
    }

    @Override
    public Future<Long> depth() {
        synchronized (lock) {
            return Future.succeededFuture((long) line.size());
        }
    }

    @Override
    public Future<Void> awaitWork(Duration patience) {
        synchronized (lock) {
            Instant now = clock.instant();
            Instant due = line.nextDue();
            if (due != null && !due.isAfter(now)) {
                return Future.succeededFuture();
            }
            Instant end = now.plus(patience);
            Instant until = due == null || due.isAfter(end) ? end : due;
            return bell.await(Duration.between(now, until), until);
        }
    }

    /** Always up: it is memory of this process. */
    @Override
    public Future<Void> check() {
        return Future.succeededFuture();
    }

    /** Ends a lease that this node holds. A reaped lease is ours whoever ran the task, because there is no other reaper. */
    private boolean endLease(UUID taskId) {
        Lease held = leases.get(taskId);
        if (held == null || !(held.node().equals(node) || held.reaped())) {
            return false;
        }
        leases.remove(taskId);
        return true;
    }

    private void ring() {
        Instant due = line.nextDue();
        if (due != null) {
            bell.ring(due);
        }
    }
}
