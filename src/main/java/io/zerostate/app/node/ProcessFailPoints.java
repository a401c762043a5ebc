package io.zerostate.app.node;

import io.zerostate.queue.FailPoints;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends or stops this very process the n-th time that an attempt reaches a step. For tests, which ask for it by the system property
 * {@value #PROPERTY}: {@code claimed:3:halt} is a {@code kill -9} at the third claim, {@code ended:1:pause} a {@code kill -STOP} after
 * the first run.
 */
final class ProcessFailPoints implements FailPoints {
    static final String PROPERTY = "zerostate.failpoint";

    private static final Logger LOG = LoggerFactory.getLogger(ProcessFailPoints.class);

    /** What a shell shows of a process that SIGKILL ended. */
    private static final int KILLED = 137;

    private enum Action {
        HALT,
        PAUSE
    }

    private final Step step;
    private final AtomicInteger left;
    private final Action action;

    private ProcessFailPoints(Step step, int count, Action action) {
        this.step = step;
        this.left = new AtomicInteger(count);
        this.action = action;
    }

    /** @param asked the property; null, as in life, for none */
    static FailPoints of(@Nullable String asked) {
        if (asked == null) {
            return NONE;
        }
        String[] words = asked.toUpperCase(Locale.ROOT).split(":", 3);
        FailPoints points =
                new ProcessFailPoints(Step.valueOf(words[0]), Integer.parseInt(words[1]), Action.valueOf(words[2]));
        LOG.warn("this process will be taken away by its fail point {}", asked);
        return points;
    }

    @Override
    public void reached(Step reached) {
        if (reached == step && left.decrementAndGet() == 0) {
            switch (action) {
                case HALT -> Runtime.getRuntime().halt(KILLED);
                case PAUSE -> pause();
            }
        }
    }

    /** The caller's thread waits for the signal to come, and with it goes no further before the process is woken. */
    private static void pause() {
        try {
            new ProcessBuilder("kill", "-STOP", Long.toString(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
        } catch (IOException failure) {
            throw new IllegalStateException("cannot stop the process", failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
