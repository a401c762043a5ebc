package io.zerostate.result;

import io.zerostate.bus.QueueEntry;
import io.zerostate.bus.TaskEvent;
import io.zerostate.task.Failure;
import io.zerostate.task.Task;
import io.zerostate.task.TaskProgress;
import io.zerostate.task.TaskState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task right after a committed change of its state: as much of it as events, the queue and logs need.
 *
 * @param query the task's title
 * @param seq see {@link TaskProgress#seq()}
 * @param rank its place in line, should it wait
 * @param failure of the last attempt
 * @param at when it changed, by the store's clock
 */
public record TaskChange(
        UUID taskId,
        long tenantId,
        UUID agentId,
        String query,
        TaskState state,
        int attempt,
        int seq,
        int rank,
        Instant nextRunAt,
        @Nullable Failure failure,
        Instant at) {
    /**
     * The change that brought {@code task} where it is.
     *
     * @param rank its place in line, should it wait
     */
    public static TaskChange of(Task task, int rank) {
        TaskProgress progress = task.progress();
        return new TaskChange(
                task.id(),
                task.tenantId(),
                task.spec().program().agentId(),
                task.spec().labels().query(),
                progress.state(),
                progress.attempt(),
                progress.seq(),
                rank,
                progress.nextRunAt(),
                progress.failure(),
                progress.updatedAt());
    }

    TaskEvent event() {
        return new TaskEvent.Changed(
                taskId,
                tenantId,
                agentId,
                state,
                attempt,
                seq,
                query,
                state.message(attempt, failure),
                failure == null ? null : failure.code(),
                at);
    }

    QueueEntry queueEntry() {
        return new QueueEntry(taskId, rank, nextRunAt);
    }
}
