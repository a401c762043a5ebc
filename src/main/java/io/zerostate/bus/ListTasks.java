package io.zerostate.bus;

import io.zerostate.task.ErrorCode;
import io.zerostate.task.TaskState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of tasks, newest first. Answered by {@link TaskPage}.
 *
 * @param before only tasks with an id below this one (the last of the page before), or null to start
 * @param limit most tasks to answer, 1 to 200
 */
public record ListTasks(long tenantId, Filter filter, @Nullable UUID before, int limit) implements BusMessage {
    /** Null means any. Times are of creation; {@code createdAfter} is inclusive, {@code createdBefore} exclusive. */
    public record Filter(
            @Nullable TaskState state,
            @Nullable UUID agentId,
            @Nullable ErrorCode failureKind,
            @Nullable Instant createdAfter,
            @Nullable Instant createdBefore) {
        public static final Filter ANY = new Filter(null, null, null, null, null);
    }
}
