package io.zerostate.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.zerostate.bus.NodeStatus;
import io.zerostate.bus.TaskEvent;
import io.zerostate.bus.TaskEvents;
import io.zerostate.bus.TasksCounted;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The last hour of the cluster as this node heard it, a point each {@link #STEP}: what the plots of the console show. Of nothing but
 * memory, so it begins with the node. Event loop only.
 */
final class History {
    static final Duration STEP = Duration.ofSeconds(10);

    private static final int POINTS = (int) (Duration.ofHours(1).toMillis() / STEP.toMillis());

    private final InstantSource clock;
    private final Deque<JsonObject> points = new ArrayDeque<>();
    private final TaskTimes times = new TaskTimes();
    private HistoryPoint current = new HistoryPoint();

    History(InstantSource clock) {
        this.clock = clock;
    }

    void hear(TaskEvents events) {
        for (TaskEvent event : events.events()) {
            if (event instanceof TaskEvent.Changed changed) {
                current.add(changed, times.since(changed));
            }
        }
    }

    void hear(NodeStatus status) {
        current.add(status);
    }

    /** Ends the current point. @param counted the line as it is now, or null where it could not be counted */
    void close(@Nullable TasksCounted counted) {
        Instant now = clock.instant();
        points.add(current.toJson(now, counted));
        if (points.size() > POINTS) {
            points.remove();
        }
        current = new HistoryPoint();
    }

    /** Oldest first. */
    JsonObject toJson() {
        JsonArray all = new JsonArray();
        points.forEach(all::add);
        return new JsonObject().put("step_ms", STEP.toMillis()).put("points", all);
    }
}
