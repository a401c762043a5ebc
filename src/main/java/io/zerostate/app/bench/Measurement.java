package io.zerostate.app.bench;

import io.zerostate.task.TaskState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** What is counted while a load runs. Takes the same memory however long that is. Safe from any thread. */
final class Measurement {
    /** Looked at one by one afterwards: enough for a p99, and a second of work for the node. */
    private static final int MOST_SAMPLED = 2_000;

    private final Latency submit = new Latency();
    private final Latency endToEnd = new Latency();
    private final Map<String, Long> refused = new TreeMap<>();
    private final Sample<Ended> completed;
    private final Sample<UUID> failed;
    private String refusal = "";
    private long startedAt;
    private long answeredAt;
    private long endedAt;
    private Counts counts = new Counts(0, 0, 0, 0, 0);

    /**
     * So far.
     *
     * @param unseen of the completed and failed: nobody saw when they ended
     */
    record Counts(long sent, long accepted, long completed, long failed, long unseen) {
        long ended() {
            return completed + failed;
        }
    }

    /** A task that completed, and how long after it was meant to be sent that was seen. */
    record Ended(UUID task, long nanos) {}

    Measurement(RandomGenerator random) {
        this.completed = new Sample<>(MOST_SAMPLED, random);
        this.failed = new Sample<>(MOST_SAMPLED, random);
    }

    synchronized void started(long at) {
        startedAt = at;
        answeredAt = at;
        endedAt = at;
    }

    synchronized void sent(int tasks) {
        counts = new Counts(counts.sent + tasks, counts.accepted, counts.completed, counts.failed, counts.unseen);
    }

    synchronized void answered(Submitted answer, long intendedAt, long at) {
        int tasks = answer.accepted().size();
        counts = new Counts(counts.sent, counts.accepted + tasks, counts.completed, counts.failed, counts.unseen);
        answer.refused().forEach(reason -> refused.merge(reason.kind(), 1L, Long::sum));
        if (refusal.isEmpty() && !answer.refused().isEmpty()) {
            refusal = answer.refused().getFirst().detail();
        }
        if (tasks > 0) {
            submit.add(at - intendedAt);
            answeredAt = at;
        }
    }

    synchronized void ended(UUID task, TaskState state, long intendedAt, long at) {
        count(task, state, 0);
        endToEnd.add(at - intendedAt);
        endedAt = Math.max(endedAt, at);
        if (state == TaskState.COMPLETED) {
            completed.add(new Ended(task, at - intendedAt));
        }
    }

    synchronized void found(UUID task, TaskState state) {
        count(task, state, 1);
    }

    private void count(UUID task, TaskState state, int unseen) {
        boolean well = state == TaskState.COMPLETED;
        if (!well) {
            failed.add(task);
        }
        counts = new Counts(
                counts.sent,
                counts.accepted,
                counts.completed + (well ? 1 : 0),
                counts.failed + (well ? 0 : 1),
                counts.unseen + unseen);
    }

    synchronized Counts counts() {
        return counts;
    }

    /** Why tasks were refused, and how many for each reason. */
    synchronized Map<String, Long> refused() {
        return Map.copyOf(refused);
    }

    /** What the first task that was refused was refused for; empty when none was. */
    synchronized String refusal() {
        return refusal;
    }

    synchronized List<Ended> completed() {
        return completed.chosen();
    }

    synchronized List<UUID> failed() {
        return failed.chosen();
    }

    synchronized LatencySummary submit() {
        return submit.summary();
    }

    synchronized LatencySummary endToEnd() {
        return endToEnd.summary();
    }

    /** From the start to the last answer that accepted tasks. */
    synchronized long submitNanos() {
        return answeredAt - startedAt;
    }

    /** From the start to the last end that was seen. */
    synchronized long endNanos() {
        return endedAt - startedAt;
    }
}
