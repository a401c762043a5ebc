package io.zerostate.app.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Where the time of single tasks went, by what the node says of each afterwards. Queue, run, store and around of a task together are its end
 * to end. They are differences of times of one clock each, so the clocks of this machine and the node's need not agree. Not safe for threads.
 */
final class Split {
    private final Map<Stage, Latency> stages = new EnumMap<>(Stage.class);

    Split() {
        for (Stage stage : new Stage[] {Stage.QUEUE, Stage.RUN, Stage.STORE, Stage.AROUND}) {
            stages.put(stage, new Latency());
        }
    }

    /**
     * Takes in a task, unless it took more than one attempt: most of its time was the wait between them.
     *
     * @param task as a node shows it, with its attempts
     * @param endToEndNanos as seen here
     */
    void add(JsonObject task, long endToEndNanos) {
        JsonArray attempts = task.getJsonArray("attempts");
        if (attempts.size() != 1) {
            return;
        }
        JsonObject attempt = attempts.getJsonObject(0);
        Instant created = Instant.parse(task.getString("created_at"));
        Instant started = Instant.parse(attempt.getString("started_at"));
        Instant finished = Instant.parse(attempt.getString("finished_at"));
        long run = TimeUnit.MILLISECONDS.toNanos(attempt.getLong("duration_ms"));
        stages.get(Stage.QUEUE).add(nanos(created, started));
        stages.get(Stage.RUN).add(run);
        stages.get(Stage.STORE).add(nanos(started, finished) - run);
        stages.get(Stage.AROUND).add(endToEndNanos - nanos(created, finished));
    }

    Map<Stage, LatencySummary> summaries() {
        Map<Stage, LatencySummary> summaries = new EnumMap<>(Stage.class);
        stages.forEach((stage, latency) -> summaries.put(stage, latency.summary()));
        return summaries;
    }

    private static long nanos(Instant from, Instant to) {
        return Duration.between(from, to).toNanos();
    }
}
