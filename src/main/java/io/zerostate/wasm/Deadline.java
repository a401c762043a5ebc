package io.zerostate.wasm;

import io.zerostate.task.Outcome;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what one thread does, from loading a module to the end of its run. When the time is over, or somebody calls
 * {@link #stop}, the thread is interrupted and {@link #outcome} says why; the first reason wins.
 *
 * <p>Created and closed by the bounded thread; {@link #stop} may be called from any thread.
 */
public final class Deadline implements AutoCloseable {
    private final Thread thread;
    private final ScheduledFuture<?> alarm;
    private @Nullable Outcome outcome;
    private boolean closed;

    private Deadline(ScheduledExecutorService ticker, long timeoutMs) {
        this.thread = Thread.currentThread();
        this.alarm = ticker.schedule(() -> stop(new Outcome.TimedOut(timeoutMs)), timeoutMs, TimeUnit.MILLISECONDS);
    }

    /**
     * Bounds the calling thread.
     *
     * @param ticker one shared thread serves all deadlines of a node
     * @param timeoutMs milliseconds from now
     */
    public static Deadline start(ScheduledExecutorService ticker, long timeoutMs) {
        return new Deadline(ticker, timeoutMs);
    }

    /** Ends what the bounded thread does, with {@code why} as its outcome, unless it is over or was stopped before. */
    public synchronized void stop(Outcome why) {
        if (!closed && outcome == null) {
            outcome = why;
            thread.interrupt();
        }
    }

    /** Why the thread was interrupted, or null when it was not. */
    public synchronized @Nullable Outcome outcome() {
        return outcome;
    }

    /** Nothing interrupts the thread any more, and its interrupt flag is clear for the next run. */
    @Override
    public synchronized void close() {
        closed = true;
        alarm.cancel(false);
        Thread.interrupted();
    }
}
