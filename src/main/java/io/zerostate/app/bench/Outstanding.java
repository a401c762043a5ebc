package io.zerostate.app.bench;

import io.zerostate.task.TaskState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Tasks that were accepted and have not been seen to end. A task may be seen to end before the answer that accepts it has come, so an end
 * of a task that is not known is kept, too. Bounded, and safe from any thread.
 */
final class Outstanding {
    /** More are not sent until some have ended: what is measured beyond is how long the line is. */
    static final int MOST = 100_000;

    /** Ends of tasks that nobody here asked for are among them, of other clients of the node; the oldest is forgotten first. */
    private static final int MOST_EARLY = 100_000;

    private final Map<UUID, Long> intendedAt = new LinkedHashMap<>();
    private final Map<UUID, End> early = new LinkedHashMap<>();
    private final Measurement measurement;

    private record End(TaskState state, long at) {}

    Outstanding(Measurement measurement) {
        this.measurement = measurement;
    }

    /** False while too many tasks have not ended. */
    synchronized boolean hasRoom() {
        return intendedAt.size() < MOST;
    }

    /** The node accepted a task whose request was meant to be sent at {@code intended}. */
    synchronized void accepted(UUID task, long intended) {
        End end = early.remove(task);
        if (end == null) {
            intendedAt.put(task, intended);
        } else {
            measurement.ended(task, end.state(), intended, end.at());
        }
    }

    /** A task was seen to end. */
    synchronized void ended(UUID task, TaskState state, long at) {
        Long intended = intendedAt.remove(task);
        if (intended != null) {
            measurement.ended(task, state, intended, at);
            tellWhenNone();
            return;
        }
        early.put(task, new End(state, at));
        if (early.size() > MOST_EARLY) {
            early.remove(early.keySet().iterator().next());
        }
    }

    /** A task was found to have ended, and nobody saw when. */
    synchronized void found(UUID task, TaskState state) {
        if (intendedAt.remove(task) != null) {
            measurement.found(task, state);
            tellWhenNone();
        }
    }

    private void tellWhenNone() {
        if (intendedAt.isEmpty()) {
            notifyAll();
        }
    }

    /** Those that were accepted first. */
    synchronized List<UUID> oldest(int most) {
        return intendedAt.keySet().stream().limit(most).toList();
    }

    /** Blocks until there are none, at most so long. */
    synchronized void awaitNone(long milliseconds) throws InterruptedException {
        if (!intendedAt.isEmpty()) {
            TimeUnit.MILLISECONDS.timedWait(this, milliseconds);
        }
    }

    synchronized int size() {
        return intendedAt.size();
    }
}
