package io.zerostate.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What a node's dispatch does: its queue, its leases, its workers. Safe from any thread. */
public final class QueueMetrics {
    /** Why a task went back in line. */
    public enum Requeued {
        /** Its attempt failed and the retry policy grants another. */
        RETRY,
        /** Its node stopped before the attempt ended. */
        HANDED_BACK,
        /** Its node was lost. */
        LOST,
        /** It was leased, but could not be claimed. */
        UNCLAIMED,
        /** It was leased, but the node had not enough memory left. */
        MEMORY
    }

    private final AtomicLong depth = new AtomicLong();
    private final AtomicLong leases = new AtomicLong();
    private final AtomicLong idle = new AtomicLong();
    private final AtomicLong busy = new AtomicLong();
    private final AtomicLong memory = new AtomicLong();
    private final Timer wait;
    private final Timer claim;
    private final Timer handover;
    private final Timer finish;
    private final Counter claimed;
    private final Counter dropped;
    private final Counter staleFinishes;
    private final Counter lostLeases;
    private final Counter reaped;
    private final Counter reconciled;
    private final Map<Requeued, Counter> requeued = new EnumMap<>(Requeued.class);

    /** Call once per registry: meters are registered here. */
    public QueueMetrics(MeterRegistry registry) {
        gauge(registry, "zerostate.queue.depth", depth, "Tasks in line, ready or delayed", null);
        gauge(registry, "zerostate.queue.leases", leases, "Tasks that this node holds", null);
        gauge(registry, "zerostate.workers", idle, "Workers by what they do", "idle");
        gauge(registry, "zerostate.workers", busy, "Workers by what they do", "busy");
        gauge(registry, "zerostate.tasks.memory.reserved", memory, "Bytes that the limits of claimed tasks allow them", null);
        wait = timer(registry, "zerostate.queue.wait", "From the time a task was due to its claim");
        claim = timer(registry, "zerostate.queue.claim", "One claim of a batch of tasks, at the store");
        handover = timer(registry, "zerostate.queue.handover", "What an attempt takes beyond its run: to its worker, and back");
        finish = timer(registry, "zerostate.queue.finish", "From an attempt's end to its stored result, with all tries");
        claimed = counter(registry, "zerostate.queue.claimed", "Tasks claimed");
        dropped = counter(registry, "zerostate.queue.dropped", "Leased tasks that had nothing to run");
        staleFinishes = counter(registry, "zerostate.queue.stale.finishes", "Results refused because their attempt was over");
        lostLeases = counter(registry, "zerostate.queue.lost.leases", "Leases that this node lost while it held the task");
        reaped = counter(registry, "zerostate.queue.reaped", "Expired leases that this node took over");
        reconciled = counter(registry, "zerostate.queue.reconciled", "Tasks that the queue had forgotten and was told again");
        for (Requeued reason : Requeued.values()) {
            requeued.put(
                    reason,
                    Counter.builder("zerostate.queue.requeued")
                            .description("Tasks put back in line")
                            .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
    }

    /** So many tasks stand in line now. */
    public void depth(long tasks) {
        depth.set(tasks);
    }

    /** This node holds so many leases now. */
    public void leases(int held) {
        leases.set(held);
    }

    /** So many workers of this node are idle and busy now. */
    public void workers(int idleWorkers, int busyWorkers) {
        idle.set(idleWorkers);
        busy.set(busyWorkers);
    }

    /** The limits of claimed tasks allow them so many bytes now. */
    public void memory(long reservedBytes) {
        memory.set(reservedBytes);
    }

    /**
     * A task was claimed.
     *
     * @param queueMs milliseconds since it was due
     */
    public void claimed(long queueMs) {
        claimed.increment();
        wait.record(Duration.ofMillis(queueMs));
    }

    /** One claim of a batch was answered. */
    public void claimTook(Duration time) {
        claim.record(time);
    }

    /** One attempt came back from its worker; a negative time, by the rounding of the run's, counts as none. */
    public void handoverTook(Duration time) {
        handover.record(time.isNegative() ? Duration.ZERO : time);
    }

    /** One attempt's end was stored, with all tries. */
    public void finishTook(Duration time) {
        finish.record(time);
    }

    /** So many leased tasks had nothing to run. */
    public void dropped(int tasks) {
        dropped.increment(tasks);
    }

    /** A result was refused because its attempt was over. */
    public void staleFinish() {
        staleFinishes.increment();
    }

    /** This node lost a lease while it held the task. */
    public void lostLease() {
        lostLeases.increment();
    }

    /** This node took over so many expired leases. */
    public void reaped(int tasks) {
        reaped.increment(tasks);
    }

    /** The queue had forgotten so many tasks and was told again. */
    public void reconciled(int tasks) {
        reconciled.increment(tasks);
    }

    /** A task was put back in line. */
    public void requeued(Requeued reason) {
        requeued.get(reason).increment();
    }

    private static void gauge(
            MeterRegistry registry, String name, AtomicLong value, String description, @Nullable String state) {
        Gauge.Builder<AtomicLong> gauge =
                Gauge.builder(name, value, AtomicLong::get).description(description).strongReference(true);
        if (state != null) {
            gauge.tag("state", state);
        }
        gauge.register(registry);
    }

    private static Timer timer(MeterRegistry registry, String name, String description) {
        return Timer.builder(name).description(description).publishPercentileHistogram().register(registry);
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
