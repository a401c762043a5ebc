package io.zerostate.push;

import io.vertx.core.Vertx;
import io.zerostate.bus.TaskEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Thins out the state changes of all tasks for those who watch the {@code queue}: the latest state of each task that changed,
 * ten times a second, and beyond {@link #MOST} tasks only how many. A batch of a thousand tasks must not drown a browser. Belongs to
 * one context.
 */
final class QueueDigest {
    /** Slow enough to coalesce a short task's states, fast enough to look immediate. */
    private static final long EVERY_MS = 100;

    /** More than a list on a screen shows. */
    private static final int MOST = 100;

    private final Vertx vertx;
    private final Consumer<PublicMessage> publish;
    private final Map<UUID, TaskEvent.Changed> latest = new LinkedHashMap<>();
    private boolean scheduled;
    private int more;

    QueueDigest(Vertx vertx, Consumer<PublicMessage> publish) {
        this.vertx = vertx;
        this.publish = publish;
    }

    void add(TaskEvent.Changed changed) {
        if (latest.size() < MOST || latest.containsKey(changed.taskId())) {
            latest.merge(changed.taskId(), changed, (one, other) -> other.seq() > one.seq() ? other : one);
        } else {
            more++;
        }
        if (!scheduled) {
            scheduled = true;
            vertx.setTimer(EVERY_MS, id -> flush());
        }
    }

    private void flush() {
        scheduled = false;
        latest.values().forEach(changed -> publish.accept(PublicMessage.update(changed)));
        latest.clear();
        if (more > 0) {
            publish.accept(PublicMessage.manyChanged(more));
            more = 0;
        }
    }
}
