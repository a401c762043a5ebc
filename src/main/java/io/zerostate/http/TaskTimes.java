package io.zerostate.http;

import io.zerostate.bus.TaskEvent;
import io.zerostate.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** When tasks came into the state that they are in, of those that changed lately. Not safe for threads. */
final class TaskTimes {
    /** Ten seconds' worth of a fast cluster; who waits longer than it takes to fill counts in no latency. */
    private static final int MOST = 50_000;

    private final Map<UUID, Instant> changedAt = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Instant> eldest) {
            return size() > MOST;
        }
    };

    /**
     * How long the task was in the state that this change ends, in milliseconds: it waited, when it is running now, or ran.
     *
     * @return null where that is not known, or was meant: a task that waits for its retry
     */
    @Nullable Long since(TaskEvent.Changed changed) {
        Instant before = changedAt.remove(changed.taskId());
        if (!changed.state().isTerminal() && changed.state() != TaskState.RETRYING) {
            changedAt.put(changed.taskId(), changed.at());
        }
        return before == null ? null : Math.max(0, Duration.between(before, changed.at()).toMillis());
    }
}
