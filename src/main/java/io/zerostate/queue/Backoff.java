package io.zerostate.queue;

import java.time.Duration;

/**
 * Growing pauses between tries: each is twice the one before.
 *
 * @param first the first pause
 * @param longest where growth ends
 */
record Backoff(Duration first, Duration longest) {
    /** For a dependency that is away: quick when it only stumbled, and little load while it starts. */
    static final Backoff DEPENDENCY = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

    /**
     * @param failures failed tries so far, at least 1
     * @return milliseconds, at least 1
     */
    long delayMs(int failures) {
        int doublings = Math.min(failures - 1, 30);
        return Math.max(1, Math.min(longest.toMillis(), first.toMillis() << doublings));
    }
}
