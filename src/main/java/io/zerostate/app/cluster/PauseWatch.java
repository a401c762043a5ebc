package io.zerostate.app.cluster;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Notices that the whole process stood still: stopped, swapped out, or in a long collection. A node that did so for longer than the
 * heartbeat of its cluster was given up by the others, and may not know it yet.
 */
public final class PauseWatch {
    private static final int LOOKS_PER_HEARTBEAT = 10;

    private final Duration heartbeat;
    private final LongSupplier nanoTime;
    private final CompletableFuture<String> paused = new CompletableFuture<>();
    private long lookedAt;

    /**
     * @param heartbeat after which a silent node is given up
     * @param nanoTime a clock that goes on while the process stands still, such as {@link System#nanoTime}
     */
    public PauseWatch(Duration heartbeat, LongSupplier nanoTime) {
        this.heartbeat = heartbeat;
        this.nanoTime = nanoTime;
        this.lookedAt = nanoTime.getAsLong();
    }

    /** Looks at the clock until {@code ticker} is shut down. */
    public void start(ScheduledExecutorService ticker) {
        long interval = heartbeat.toMillis() / LOOKS_PER_HEARTBEAT;
        ticker.scheduleWithFixedDelay(this::look, interval, interval, TimeUnit.MILLISECONDS);
    }

    /** Completes with the reason, for people, after such a pause. */
    public CompletableFuture<String> paused() {
        return paused;
    }

    /** Called by one thread at a time. */
    void look() {
        long now = nanoTime.getAsLong();
        Duration pause = Duration.ofNanos(now - lookedAt);
        lookedAt = now;
        if (pause.compareTo(heartbeat) > 0) {
            paused.complete("this process stood still for " + pause.toSeconds() + " s, longer than the " + heartbeat.toSeconds()
                    + " s (cluster.heartbeat) after which a silent node is given up");
        }
    }
}
