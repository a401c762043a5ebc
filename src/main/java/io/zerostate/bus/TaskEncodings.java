package io.zerostate.bus;

import io.zerostate.task.Bytes;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.Failure;
import io.zerostate.task.Input;
import io.zerostate.task.Labels;
import io.zerostate.task.LimitOverrides;
import io.zerostate.task.Limits;
import io.zerostate.task.Priority;
import io.zerostate.task.Program;
import io.zerostate.task.RetryPolicy;
import io.zerostate.task.Schedule;
import io.zerostate.task.Task;
import io.zerostate.task.TaskProgress;
import io.zerostate.task.TaskSpec;
import io.zerostate.task.TaskState;
import java.util.Map;
import java.util.stream.Collectors;

/** A task and what was asked for, on the wire. */
final class TaskEncodings {
    private TaskEncodings() {}

    static final Encoding<TaskState> STATE = Encoding.ofEnum(TaskState.values(), state -> switch (state) {
        case QUEUED -> 1;
        case RUNNING -> 2;
        case RETRYING -> 3;
        case COMPLETED -> 4;
        case FAILED -> 5;
        case CANCELLED -> 6;
    });

    static final Encoding<Priority> PRIORITY = Encoding.ofEnum(Priority.values(), priority -> switch (priority) {
        case LOW -> 1;
        case NORMAL -> 2;
        case HIGH -> 3;
        case CRITICAL -> 4;
    });

    /** A code of a newer build reads as {@code INTERNAL}. */
    static final Encoding<ErrorCode> ERROR_CODE =
            new Encoding<>((out, code) -> out.number(code.number()), in -> ErrorCode.ofNumber(in.integer()));

    static final Encoding<Failure> FAILURE = Encoding.framed(
            (out, failure) -> out.value(ERROR_CODE, failure.code()).text(failure.message()),
            in -> new Failure(in.value(ERROR_CODE), in.text()));

    static final Encoding<Program> PROGRAM = Encoding.framed(
            (out, program) -> out.uuid(program.agentId())
                    .text(program.agentName())
                    .number(program.version())
                    .text(program.sha256()),
            in -> new Program(in.uuid(), in.text(), in.integer(), in.text()));

    private static final Encoding<Bytes> BYTES = new Encoding<>(WireWriter::bytes, WireReader::bytes);

    private static final Encoding<Map<String, Bytes>> FILES = new Encoding<>(
            (out, files) -> out.map(Encoding.TEXT, BYTES, files), in -> in.map(Encoding.TEXT, BYTES));

    static final Encoding<Input> INPUT = Encoding.framed(
            (out, input) -> out.bytes(input.stdin())
                    .list(Encoding.TEXT, input.args())
                    .map(Encoding.TEXT, Encoding.TEXT, input.env())
                    .nullable(FILES, input.files()),
            in -> new Input(
                    in.bytes(),
                    in.list(Encoding.TEXT),
                    in.map(Encoding.TEXT, Encoding.TEXT),
                    in.hasMore() ? in.nullable(FILES) : null));

    static final Encoding<Limits> LIMITS = Encoding.framed(
            (out, limits) -> out.number(limits.timeoutMs())
                    .number(limits.memoryBytes())
                    .number(limits.stdoutBytes())
                    .number(limits.stderrBytes())
                    .number(limits.inputBytes())
                    .number(limits.hostCalls())
                    .number(limits.fileBytes()),
            TaskEncodings::readLimits);

    static final Encoding<LimitOverrides> LIMIT_OVERRIDES = Encoding.framed(
            (out, overrides) -> out.nullable(Encoding.NUMBER, overrides.timeoutMs())
                    .nullable(Encoding.NUMBER, overrides.memoryBytes())
                    .nullable(Encoding.NUMBER, overrides.stdoutBytes())
                    .nullable(Encoding.NUMBER, overrides.stderrBytes())
                    .nullable(Encoding.NUMBER, overrides.inputBytes())
                    .nullable(Encoding.NUMBER, overrides.hostCalls())
                    .nullable(Encoding.NUMBER, overrides.fileBytes()),
            in -> new LimitOverrides(
                    in.nullable(Encoding.NUMBER),
                    in.nullable(Encoding.NUMBER),
                    in.nullable(Encoding.NUMBER),
                    in.nullable(Encoding.NUMBER),
                    in.hasMore() ? in.nullable(Encoding.NUMBER) : null,
                    in.hasMore() ? in.nullable(Encoding.NUMBER) : null,
                    in.hasMore() ? in.nullable(Encoding.NUMBER) : null));

    static final Encoding<Schedule> SCHEDULE = Encoding.framed(
            (out, schedule) -> out.value(PRIORITY, schedule.priority()).instant(schedule.runAt()),
            in -> new Schedule(in.value(PRIORITY), in.instant()));

    static final Encoding<RetryPolicy> RETRY_POLICY = Encoding.framed(
            (out, policy) -> out.number(policy.maxRetries())
                    .number(policy.delayMs())
                    .decimal(policy.factor())
                    .list(ERROR_CODE, policy.retryOn().stream().sorted().toList()),
            in -> new RetryPolicy(
                    in.integer(),
                    in.number(),
                    in.decimal(),
                    // A code that only a newer build retries is left out: this one would refuse the whole policy for it.
                    in.list(ERROR_CODE).stream()
                            .filter(RetryPolicy.RETRYABLE::contains)
                            .collect(Collectors.toSet())));

    static final Encoding<Labels> LABELS = Encoding.framed(
            (out, labels) -> out.text(labels.query()).text(labels.metadataJson()),
            in -> new Labels(in.text(), in.text()));

    static final Encoding<TaskSpec> SPEC = Encoding.framed(
            (out, spec) -> out.value(PROGRAM, spec.program())
                    .value(INPUT, spec.input())
                    .value(LIMITS, spec.limits())
                    .value(SCHEDULE, spec.schedule())
                    .value(RETRY_POLICY, spec.retry())
                    .value(LABELS, spec.labels()),
            in -> new TaskSpec(
                    in.value(PROGRAM),
                    in.value(INPUT),
                    in.value(LIMITS),
                    in.value(SCHEDULE),
                    in.value(RETRY_POLICY),
                    in.value(LABELS)));

    static final Encoding<TaskProgress> PROGRESS = Encoding.framed(
            (out, progress) -> out.value(STATE, progress.state())
                    .number(progress.attempt())
                    .number(progress.retries())
                    .number(progress.crashes())
                    .number(progress.seq())
                    .flag(progress.cancelRequested())
                    .instant(progress.nextRunAt())
                    .nullable(Encoding.INSTANT, progress.startedAt())
                    .instant(progress.updatedAt())
                    .nullable(Encoding.INSTANT, progress.finishedAt())
                    .nullable(FAILURE, progress.failure()),
            in -> new TaskProgress(
                    in.value(STATE),
                    in.integer(),
                    in.integer(),
                    in.integer(),
                    in.integer(),
                    in.flag(),
                    in.instant(),
                    in.nullable(Encoding.INSTANT),
                    in.instant(),
                    in.nullable(Encoding.INSTANT),
                    in.nullable(FAILURE)));

    static final Encoding<Task> TASK = Encoding.framed(
            (out, task) -> out.uuid(task.id())
                    .number(task.tenantId())
                    .value(SPEC, task.spec())
                    .value(PROGRESS, task.progress())
                    .instant(task.createdAt())
                    .nullable(Encoding.UUID, task.rerunOf()),
            in -> new Task(
                    in.uuid(),
                    in.number(),
                    in.value(SPEC),
                    in.value(PROGRESS),
                    in.instant(),
                    in.nullable(Encoding.UUID)));

    /** Of a build that knew fewer limits, the others are what it kept without saying so. */
    private static Limits readLimits(WireReader in) {
        Limits limits = new Limits(in.number(), in.number(), in.number(), in.number());
        return in.hasMore()
                ? new Limits(
                        limits.timeoutMs(),
                        limits.memoryBytes(),
                        limits.stdoutBytes(),
                        limits.stderrBytes(),
                        in.number(),
                        in.number(),
                        in.number())
                : limits;
    }
}
