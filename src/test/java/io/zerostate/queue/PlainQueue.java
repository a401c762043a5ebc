package io.zerostate.queue;

import static io.zerostate.queue.QueueOperation.entry;
import static io.zerostate.queue.QueueOperation.id;

import io.zerostate.bus.LoseTasks.LostLease;
import io.zerostate.bus.QueueEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** What a queue of one node does, whatever it is made of, said as plainly as possible: two collections, searched from end to end. */
final class PlainQueue {
    private final String node;
    private final Duration lease;
    private final Duration adopted;

    /** In the order of their arrival. */
    private final List<QueueEntry> waiting = new ArrayList<>();

    private final Map<UUID, Held> held = new TreeMap<>();

    private record Held(String node, Instant until, boolean reaped) {}

    /**
     * @param adopted how long an adopted lease lasts
     */
    PlainQueue(String node, Duration lease, Duration adopted) {
        this.node = node;
        this.lease = lease;
        this.adopted = adopted;
    }

    Object apply(QueueOperation operation, Instant now) {
        return switch (operation) {
            case QueueOperation.Offer(int task, int rank, int delay) -> {
                if (!held.containsKey(id(task))) {
                    stand(entry(task, rank, delay, now));
                }
                yield "done";
            }
            case QueueOperation.Lease(int count) -> {
                List<QueueEntry> next = waiting.stream()
                        .filter(entry -> !entry.runAt().isAfter(now))
                        .sorted(Comparator.comparingInt(QueueEntry::rank).thenComparing(QueueEntry::runAt))
                        .limit(count)
                        .toList();
                waiting.removeAll(next);
                next.forEach(entry -> held.put(entry.taskId(), new Held(node, now.plus(lease), false)));
                yield next;
            }
            case QueueOperation.Heartbeat(List<Integer> tasks) ->
                tasks.stream().map(QueueOperation::id).filter(id -> !renew(id, now)).toList();
            case QueueOperation.Release(int task) -> {
                end(id(task));
                yield "done";
            }
            case QueueOperation.Requeue(int task, int rank, int delay) -> {
                if (end(id(task))) {
                    stand(entry(task, rank, delay, now));
                }
                yield "done";
            }
            case QueueOperation.Reap() -> reap(now);
            case QueueOperation.Adopt(int task, String owner) -> {
                if (!isKnown(id(task))) {
                    held.put(id(task), new Held(owner, now.plus(adopted), false));
                }
                yield "done";
            }
            case QueueOperation.Withdraw(int task) -> {
                waiting.removeIf(entry -> entry.taskId().equals(id(task)));
                yield "done";
            }
            case QueueOperation.Elapse(int seconds) -> Duration.ofSeconds(seconds);
        };
    }

    boolean isKnown(UUID task) {
        return held.containsKey(task) || waiting.stream().anyMatch(entry -> entry.taskId().equals(task));
    }

    long depth() {
        return waiting.size();
    }

    private void stand(QueueEntry entry) {
        if (!waiting.contains(entry)) {
            waiting.removeIf(before -> before.taskId().equals(entry.taskId()));
            waiting.add(entry);
        }
    }

    private boolean renew(UUID task, Instant now) {
        Held lease = held.get(task);
        boolean ours = lease == null ? !isKnown(task) : lease.node().equals(node) && !lease.reaped();
        if (ours) {
            held.put(task, new Held(node, now.plus(this.lease), false));
        }
        return ours;
    }

    private boolean end(UUID task) {
        Held lease = held.get(task);
        return lease != null && (lease.node().equals(node) || lease.reaped()) && held.remove(task, lease);
    }

    private Set<LostLease> reap(Instant now) {
        Set<LostLease> expired = new HashSet<>();
        held.replaceAll((task, lease) -> {
            if (lease.until().isAfter(now)) {
                return lease;
            }
            expired.add(new LostLease(task, lease.node()));
            return new Held(lease.node(), now.plus(this.lease), true);
        });
        return expired;
    }
}
