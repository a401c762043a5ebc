package io.zerostate.faults;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** Waits for what happens outside of this process, which can only be asked for, and never longer than was said. */
final class Waiting {
    private static final long INTERVAL_MS = 50;

    private Waiting() {}

    /**
     * Asks until the answer is yes. An exception is a no.
     *
     * @param what for the message when it does not come to be
     */
    static void until(String what, Duration patience, Callable<Boolean> condition) {
        CompletableFuture<Void> met = new CompletableFuture<>();
        AtomicReference<String> last = new AtomicReference<>("no");
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
        try {
            clock.scheduleWithFixedDelay(
                    () -> {
                        try {
                            if (condition.call()) {
                                met.complete(null);
                            }
                        } catch (Exception notYet) {
                            last.set(notYet.toString());
                        }
                    },
                    0,
                    INTERVAL_MS,
                    TimeUnit.MILLISECONDS);
            met.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException over) {
            throw new AssertionError("not within " + patience.toMillis() + " ms: " + what + " (last answer: " + last + ")");
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stopped);
        } finally {
            clock.shutdownNow();
        }
    }

    /** Lets a fault last for the time that is part of its definition. */
    static void forAsLongAs(Duration time) {
        new CompletableFuture<Void>().completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS).join();
    }
}
