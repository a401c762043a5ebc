package io.zerostate.app.node;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits at the start for what a node depends on: a database that starts at the same time is no failure. Not for ever, and not in
 * silence. Blocks its caller, which is no event loop.
 */
final class Patience {
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    private final Duration atMost;

    /** @param atMost how long each dependency is waited for */
    Patience(Duration atMost) {
        this.atMost = atMost;
    }

    /** One try. */
    @FunctionalInterface
    interface Attempt<T> {
        /** @throws NotYetException when another try may succeed; anything else ends the waiting */
        T run() throws NotYetException, NodeStartException;
    }

    /** The dependency cannot be reached now. The message is the reason, for people. */
    static final class NotYetException extends Exception {
        private static final long serialVersionUID = 1L;

        NotYetException(String reason) {
            super(reason, null, false, false);
        }
    }

    /**
     * Tries until it succeeds.
     *
     * @param what the dependency, for people
     * @throws NodeStartException when it did not in time, or cannot at all
     */
    <T> T await(String what, Attempt<T> attempt) throws NodeStartException {
        long begun = System.nanoTime();
        long said = begun - BETWEEN_LINES.toNanos();
        while (true) {
            try {
                return attempt.run();
            } catch (NotYetException notYet) {
                long now = System.nanoTime();
                if (now - begun >= atMost.toNanos() || Thread.currentThread().isInterrupted()) {
                    throw new NodeStartException("gave up waiting for " + what + " after "
                            + Duration.ofNanos(now - begun).toSeconds() + " s (node.start_patience): " + notYet.getMessage());
                }
                if (now - said >= BETWEEN_LINES.toNanos()) {
                    said = now;
                    LOG.warn("waiting for {}: {}", what, notYet.getMessage());
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
