package io.zerostate.push;

import io.zerostate.bus.TaskEvent;
import io.zerostate.bus.TaskFound;
import io.zerostate.task.Attempt;
import io.zerostate.task.AttemptEnd;
import io.zerostate.task.Failure;
import io.zerostate.task.Task;
import io.zerostate.task.TaskProgress;
import io.zerostate.task.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state changes of a stored task, as the events that told of them. */
final class TaskHistory {
    private TaskHistory() {}

    /** The event of the state that the task is in. */
    static TaskEvent.Changed current(Task task) {
        TaskProgress now = task.progress();
        return changed(task, now.state(), now.attempt(), now.seq(), now.failure(), now.updatedAt());
    }

    /**
     * The events after {@code seq}, in order and without a gap; empty when the task has not changed since. They follow from the
     * attempts, see {@link TaskProgress#seq()}.
     */
    static List<TaskEvent.Changed> after(int seq, TaskFound found) {
        Task task = found.task();
        int last = task.progress().seq();
        List<TaskEvent.Changed> events = new ArrayList<>();
        events.add(changed(task, TaskState.QUEUED, 0, 1, null, task.createdAt()));
        for (Attempt attempt : found.attempts()) {
            int n = attempt.number();
            events.add(changed(task, TaskState.RUNNING, n, 2 * n, null, attempt.startedAt()));
            AttemptEnd end = attempt.end();
            if (end != null) {
                events.add(changed(task, end.next(), n, 2 * n + 1, end.failure(), end.at()));
            }
        }
        // The current state as it is stored, rather than as it follows: a cancel while waiting is no attempt's end.
        events.removeIf(event -> event.seq() <= seq || event.seq() >= last);
        if (last > seq) {
            events.add(current(task));
        }
        return events;
    }

    private static TaskEvent.Changed changed(
            Task task, TaskState state, int attempt, int seq, @Nullable Failure failure, Instant at) {
        return new TaskEvent.Changed(
                task.id(),
                task.tenantId(),
                task.spec().program().agentId(),
                state,
                attempt,
                seq,
                task.spec().labels().query(),
                state.message(attempt, failure),
                failure == null ? null : failure.code(),
                at);
    }
}
