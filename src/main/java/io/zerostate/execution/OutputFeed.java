package io.zerostate.execution;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.Bus;
import io.zerostate.bus.TaskEvent;
import io.zerostate.bus.TaskEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Publishes what the runs of a node write, from an event loop: what comes first goes out at once, what follows together every
 * {@value #INTERVAL_MS} ms, and the rest when a run ends. {@link #offer} and {@link #flush} may be called from any thread.
 */
final class OutputFeed {
    private static final long INTERVAL_MS = 50;

    private final Vertx vertx;
    private final Context context;
    private final Bus bus;
    private final Queue<LiveRun> written = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean awake = new AtomicBoolean();
    private final Queue<Ending> endings = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean flushing = new AtomicBoolean();
    private long publishedAt = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(INTERVAL_MS);

    private record Ending(LiveRun run, Promise<Void> flushed) {}

    /**
     * @param context an event loop's
     */
    OutputFeed(Vertx vertx, Context context, Bus bus) {
        this.vertx = vertx;
        this.context = context;
        this.bus = bus;
    }

    /** A run has something to publish. */
    void offer(LiveRun run) {
        written.add(run);
        if (awake.compareAndSet(false, true)) {
            context.runOnContext(ignored -> publishInTime());
        }
    }

    /**
     * Publishes the rest of a run's output.
     *
     * @return done when all that the run wrote was published
     */
    Future<Void> flush(LiveRun run) {
        if (!run.hasWritten()) {
            return Future.succeededFuture();
        }
        Promise<Void> flushed = Promise.promise();
        endings.add(new Ending(run, flushed));
        // One turn of the loop serves all runs that end at about the same time.
        if (flushing.compareAndSet(false, true)) {
            context.runOnContext(ignored -> publishEndings());
        }
        return flushed.future();
    }

    private void publishInTime() {
        long waitMs = INTERVAL_MS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - publishedAt);
        if (waitMs <= 0) {
            publishWritten();
        } else {
            vertx.setTimer(waitMs, timer -> publishWritten());
        }
    }

    private void publishWritten() {
        publishedAt = System.nanoTime();
        // Before the first look: a run that comes too late for this round wakes the next one.
        awake.set(false);
        List<TaskEvent> events = new ArrayList<>();
        List<LiveRun> later = new ArrayList<>();
        for (LiveRun run = written.poll(); run != null; run = written.poll()) {
            if (!run.takeOutput(events)) {
                later.add(run);
            }
        }
        publish(events);
        later.forEach(this::offer);
    }

    private void publishEndings() {
        flushing.set(false);
        List<TaskEvent> events = new ArrayList<>();
        List<Promise<Void>> done = new ArrayList<>();
        for (Ending ending = endings.poll(); ending != null; ending = endings.poll()) {
            ending.run().takeRest(events);
            done.add(ending.flushed());
        }
        try {
            publish(events);
        } finally {
            // A run is reported whether or not somebody could watch it.
            done.forEach(Promise::tryComplete);
        }
    }

    private void publish(List<TaskEvent> events) {
        if (!events.isEmpty()) {
            bus.publish(Addresses.TASK_EVENTS, new TaskEvents(events));
        }
    }
}
