package io.zerostate.push;

import io.zerostate.bus.TaskEvent;
import io.zerostate.bus.TaskFound;
import io.zerostate.task.Attempt;
import io.zerostate.task.AttemptEnd;
import io.zerostate.task.Bytes;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.Failure;
import io.zerostate.task.Input;
import io.zerostate.task.Labels;
import io.zerostate.task.Limits;
import io.zerostate.task.OutputStreamName;
import io.zerostate.task.Priority;
import io.zerostate.task.Program;
import io.zerostate.task.RetryPolicy;
import io.zerostate.task.Schedule;
import io.zerostate.task.Task;
import io.zerostate.task.TaskProgress;
import io.zerostate.task.TaskSpec;
import io.zerostate.task.TaskState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A task that goes through its states as the store would move it, each with the event that tells of it. */
final class StoredTask {
    static final long TENANT = 7;
    private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05Z");

    final UUID id = UUID.randomUUID();
    private final UUID agentId = UUID.randomUUID();
    private final List<Attempt> attempts = new ArrayList<>();
    private TaskState state = TaskState.QUEUED;
    private int seq = 1;
    private @Nullable Failure failure;

    TaskEvent.Changed start() {
        attempts.add(new Attempt(attempts.size() + 1, "node-1", now(), null));
        return become(TaskState.RUNNING, null);
    }

    TaskEvent.Changed complete() {
        return end(TaskState.COMPLETED, null);
    }

    TaskEvent.Changed retry() {
        return end(TaskState.RETRYING, new Failure(ErrorCode.TRAP, "unreachable"));
    }

    TaskEvent.Changed cancelWhileWaiting() {
        return become(TaskState.CANCELLED, new Failure(ErrorCode.CANCELLED, "The task was cancelled"));
    }

    TaskEvent.Wrote write(OutputStreamName stream, long offset, String text) {
        return write(stream, offset, text.getBytes(StandardCharsets.UTF_8));
    }

    TaskEvent.Wrote write(OutputStreamName stream, long offset, byte[] bytes) {
        return new TaskEvent.Wrote(id, TENANT, attempts.size(), stream, offset, Bytes.of(bytes));
    }

    TaskFound found() {
        TaskProgress progress = new TaskProgress(
                state, attempts.size(), 0, 0, seq, false, CREATED, null, now(), state.isTerminal() ? now() : null, failure);
        TaskSpec spec = new TaskSpec(
                new Program(agentId, "hello", 1, "0".repeat(64)),
                new Input(Bytes.EMPTY, List.of(), Map.of()),
                Limits.DEFAULT,
                new Schedule(Priority.NORMAL, CREATED),
                RetryPolicy.DEFAULT,
                new Labels("the title", "{}"));
        return new TaskFound(new Task(id, TENANT, spec, progress, CREATED, null), attempts);
    }

    private TaskEvent.Changed end(TaskState next, @Nullable Failure why) {
        Attempt running = attempts.removeLast();
        attempts.add(new Attempt(
                running.number(), running.node(), running.startedAt(), new AttemptEnd(now(), next, why, null, 5)));
        return become(next, why);
    }

    private TaskEvent.Changed become(TaskState next, @Nullable Failure why) {
        state = next;
        failure = why;
        seq++;
        return new TaskEvent.Changed(
                id,
                TENANT,
                agentId,
                state,
                attempts.size(),
                seq,
                "the title",
                state.message(attempts.size(), why),
                why == null ? null : why.code(),
                now());
    }

    private Instant now() {
        return CREATED.plusSeconds(seq);
    }
}
