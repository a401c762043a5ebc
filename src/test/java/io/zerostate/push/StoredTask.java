package io.zerostate.push;

import io.zerostate.bus.TaskEvent;
import io.zerostate.bus.TaskFound;
import io.zerostate.task.Attempt;
import io.zerostate.task.AttemptEnd;
import io.zerostate.task.Bytes;
import io.zerostate.task.CapturedOutput;
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
import io.zerostate.task.TaskResult;
import io.zerostate.task.TaskSpec;
import io.zerostate.task.TaskState;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A task that goes through its states as the store would move it, each with the event that tells of it. */
final class StoredTask {
    static final long TENANT = 7;
    static final String NODE = "node-1";
    private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05Z");

    final UUID id = UUID.randomUUID();
    /** What the attempt has written to stdout and stderr, as its node and later its result have it. */
    private final Map<OutputStreamName, ByteArrayOutputStream> output = new EnumMap<>(OutputStreamName.class);

    private final long tenantId;
    private final UUID agentId = UUID.randomUUID();
    private final List<Attempt> attempts = new ArrayList<>();
    private TaskState state = TaskState.QUEUED;
    private int seq = 1;
    private @Nullable Failure failure;

    StoredTask() {
        this(TENANT);
    }

    private StoredTask(long tenantId) {
        this.tenantId = tenantId;
    }

    static StoredTask ofStranger() {
        return new StoredTask(TENANT + 1);
    }

    TaskEvent.Changed start() {
        output.clear();
        attempts.add(new Attempt(attempts.size() + 1, NODE, now(), null));
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

    /** The attempt writes, and nobody was told yet. */
    StoredTask written(OutputStreamName stream, byte[] bytes) {
        output.computeIfAbsent(stream, name -> new ByteArrayOutputStream()).writeBytes(bytes);
        return this;
    }

    StoredTask written(OutputStreamName stream, String text) {
        return written(stream, text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] output(OutputStreamName stream) {
        return output.getOrDefault(stream, new ByteArrayOutputStream()).toByteArray();
    }

    TaskResult result() {
        return new TaskResult(
                id,
                agentId,
                attempts.size(),
                0,
                new CapturedOutput(Bytes.of(output(OutputStreamName.STDOUT)), false),
                new CapturedOutput(Bytes.of(output(OutputStreamName.STDERR)), false),
                5,
                1,
                65_536,
                null,
                now());
    }

    TaskEvent.Wrote write(OutputStreamName stream, long offset, String text) {
        return write(stream, offset, text.getBytes(StandardCharsets.UTF_8));
    }

    TaskEvent.Wrote write(OutputStreamName stream, long offset, byte[] bytes) {
        return new TaskEvent.Wrote(id, tenantId, attempts.size(), stream, offset, Bytes.of(bytes));
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
        return new TaskFound(new Task(id, tenantId, spec, progress, CREATED, null), attempts);
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
                tenantId,
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
