package io.zerostate.app.bench;

import io.vertx.core.json.JsonObject;
import io.zerostate.app.client.ApiClient;
import io.zerostate.app.client.ApiException;
import io.zerostate.task.TaskState;
import java.time.Duration;
import java.util.UUID;

/**
 * Tells tasks that take long from those whose end was not seen, and from those that are lost. News of an end is a hint which may be missed,
 * when its stream breaks or its reader is too slow; so when nothing ends for a while, the node is asked.
 */
final class Stragglers {
    private static final long SILENCE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int MOST_AT_ONCE = 200;

    private final ApiClient client;
    private final Outstanding outstanding;
    private final Measurement measurement;
    private final long patienceNanos;
    private long ended;
    private long endedAt;
    private long askedAt;

    /** @param patience when nothing has ended for so long, what has not ended is lost */
    Stragglers(ApiClient client, Outstanding outstanding, Measurement measurement, Duration patience) {
        this.client = client;
        this.outstanding = outstanding;
        this.measurement = measurement;
        this.patienceNanos = patience.toNanos();
        this.endedAt = System.nanoTime();
        this.askedAt = endedAt;
    }

    /** Looks after them; to be called every now and then. */
    void look() {
        long now = System.nanoTime();
        long endedNow = measurement.counts().ended();
        if (endedNow != ended || outstanding.size() == 0) {
            ended = endedNow;
            endedAt = now;
        } else if (now - Math.max(endedAt, askedAt) > SILENCE_NANOS) {
            outstanding.oldest(MOST_AT_ONCE).forEach(this::ask);
            askedAt = System.nanoTime();
        }
    }

    /** True when it makes no sense to wait any longer. */
    boolean areLost() {
        return System.nanoTime() - endedAt > patienceNanos;
    }

    private void ask(UUID task) {
        try {
            JsonObject status = client.get("api/v1/tasks/" + task + "/status");
            TaskState state = TaskState.ofWireName(status.getString("status"));
            if (state.isTerminal()) {
                outstanding.found(task, state);
            }
        } catch (ApiException noAnswer) {
            // Asked again next time. A task that the node does not know any more is lost, and so is one that it never tells of.
        }
    }
}
