package io.zerostate.binary.s3;

import io.vertx.core.Future;
import io.zerostate.task.RefusedException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a moment what the last call found, so that nobody waits long for what was found out just now: while the server is
 * away, one call in two seconds tries it, and all others fail at once. Safe from any thread.
 */
final class Reachability {
    private static final long MEMORY_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final LongSupplier nanoTime;
    private boolean known;
    private long since;
    private @Nullable Throwable failure;

    /** @param nanoTime as {@link System#nanoTime} */
    Reachability(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The failure to give in the place of a call, or null when the call is to be tried. */
    synchronized @Nullable Throwable failure() {
        if (failure == null || isFresh()) {
            return failure;
        }
        // The caller tries for all others, who hear the old failure until it has its answer.
        since = nanoTime.getAsLong();
        return null;
    }

    /** True when a call succeeded a moment ago. */
    synchronized boolean isGood() {
        return known && failure == null && isFresh();
    }

    /** Learns from the end of a call. */
    <T> Future<T> watch(Future<T> call) {
        return call.onSuccess(answer -> learn(null))
                // Also an answer that something is missing is one.
                .onFailure(reason -> learn(RefusedException.isUnavailable(reason) ? reason : null));
    }

    private synchronized void learn(@Nullable Throwable found) {
        known = true;
        since = nanoTime.getAsLong();
        failure = found;
    }

    private boolean isFresh() {
        return nanoTime.getAsLong() - since < MEMORY_NANOS;
    }
}
