package io.zerostate.bus;

import io.zerostate.task.Bytes;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.OutputStreamName;
import io.zerostate.task.TaskState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something that happened to a task. */
public sealed interface TaskEvent {
    UUID taskId();

    long tenantId();

    /**
     * The task took another state.
     *
     * @param seq see {@link io.zerostate.task.TaskProgress#seq()}
     * @param query the task's title
     * @param message one line for people
     * @param failure what went wrong, for retrying, failed and cancelled
     */
    record Changed(
            UUID taskId,
            long tenantId,
            UUID agentId,
            TaskState state,
            int attempt,
            int seq,
            String query,
            String message,
            @Nullable ErrorCode failure,
            Instant at)
            implements TaskEvent {}

    /**
     * A running attempt wrote something.
     *
     * @param offset position of the first byte in its stream, from 0 at the start of the attempt
     */
    record Wrote(UUID taskId, long tenantId, int attempt, OutputStreamName stream, long offset, Bytes bytes)
            implements TaskEvent {}
}
