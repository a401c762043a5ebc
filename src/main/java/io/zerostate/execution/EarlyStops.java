package io.zerostate.execution;

import io.zerostate.bus.StopRun;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Requests to stop an attempt that does not run here (yet): a cancel can overtake the task on its way to the worker. A stopped
 * attempt never runs again, so nothing goes wrong by remembering too long. Not safe for threads: its owner locks.
 */
final class EarlyStops {
    /** A stop is of use for the milliseconds between claim and start; this many cancels do not come in between. */
    private static final int MOST = 1024;

    private final Map<UUID, StopRun> byTask = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, StopRun> eldest) {
            return size() > MOST;
        }
    };

    void remember(StopRun request) {
        // Only a cancel is about whatever runs of the task from now on.
        if (request.attempt() != 0 || request.reason() == StopRun.Reason.CANCELLED) {
            byTask.put(request.taskId(), request);
        }
    }

    @Nullable StopRun about(LiveRun run, UUID taskId) {
        StopRun request = byTask.get(taskId);
        return request != null && run.isMeantBy(request) ? request : null;
    }
}
