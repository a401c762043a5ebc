package io.zerostate.push;

import io.vertx.core.Vertx;
import io.zerostate.bus.TaskEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * Thins out the state changes of all tasks for those who listen to the {@code queue}: the latest state of each task that changed,
 * ten times a second, and beyond {@link #MOST} tasks only how many. A batch of a thousand tasks must not drown a browser, nor hundreds of
 * browsers the node: the more listen, the less often, and of the fewer tasks, each is told. Belongs to one context.
 */
final class QueueDigest {
    /** Slow enough to coalesce a short task's states, fast enough to look immediate. */
    private static final int SHORTEST_MS = 100;

    /** Frames a second that all listeners together are sent, which is about a hundredth of a core. */
    private static final int FRAMES_PER_MS = 1;

    /** Messages a second to all listeners together: less than a tenth of a core. */
    private static final int MESSAGES_PER_MS = 20;

    /** More than a list on a screen shows. */
    private static final int MOST = 100;

    private static final int FEWEST = 5;

    private final Vertx vertx;
    private final IntSupplier listeners;
    private final Consumer<PublicMessage> publish;
    private final Map<UUID, TaskEvent.Changed> latest = new LinkedHashMap<>();
    private int most;
    private boolean scheduled;
    private int more;

    /** @param listeners how many are told what is published */
    QueueDigest(Vertx vertx, IntSupplier listeners, Consumer<PublicMessage> publish) {
        this.vertx = vertx;
        this.listeners = listeners;
        this.publish = publish;
    }

    void add(TaskEvent.Changed changed) {
        if (!scheduled) {
            schedule();
        }
        if (latest.size() < most || latest.containsKey(changed.taskId())) {
            latest.merge(changed.taskId(), changed, (one, other) -> other.seq() > one.seq() ? other : one);
        } else {
            more++;
        }
    }

    private void schedule() {
        int count = Math.max(1, listeners.getAsInt());
        int inMs = Math.max(SHORTEST_MS, count / FRAMES_PER_MS);
        most = Math.clamp((long) MESSAGES_PER_MS * inMs / count, FEWEST, MOST);
        scheduled = true;
        vertx.setTimer(inMs, id -> flush());
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
