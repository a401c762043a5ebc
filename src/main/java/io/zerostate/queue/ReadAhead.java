package io.zerostate.queue;

import java.time.Duration;

/**
 * How many tasks are claimed before there is a worker for them. A claim waits for PostgreSQL's disk; where tasks are short, workers that
 * had to wait for one after each task would be idle most of the time. So as many are claimed ahead as this node's workers should run within
 * a horizon, judging by the last ones. Where tasks are long that is none, and no task waits here beside another node's idle worker. Confined
 * to the verticle's context.
 */
final class ReadAhead {
    /** Longer than a claim takes, and what another node's idle worker may miss. */
    private static final Duration HORIZON = Duration.ofMillis(20);

    /** Twice what one claim takes. Should this node crash, each of them has crashed. */
    private static final int MOST = 128;

    /** Until short tasks were seen, tasks are long. */
    private static final double LONG_NANOS = Duration.ofSeconds(1).toNanos();

    /** Of the newest run in the mean: from long to short within some thirty runs. */
    private static final double WEIGHT = 1.0 / 8;

    private double meanNanos = LONG_NANOS;
    private long runs;

    /** A task kept a worker busy for so long. */
    void ran(Duration time) {
        meanNanos += WEIGHT * (time.toNanos() - meanNanos);
        runs++;
    }

    /** It was wrong to claim ahead. */
    void stop() {
        meanNanos = LONG_NANOS;
    }

    /** How many tasks may be claimed for so many workers beyond those that can begin. */
    int tasks(int workers) {
        return (int) Math.min(MOST, workersRun(workers, HORIZON));
    }

    /** How many tasks so many workers should run within a time. */
    long workersRun(int workers, Duration time) {
        return (long) (workers * time.toNanos() / Math.max(1, meanNanos));
    }

    /** Runs so far. */
    long runs() {
        return runs;
    }
}
