package io.zerostate.bus;

import io.zerostate.bus.Submission.Idempotency;
import io.zerostate.bus.TasksSubmitted.Answer;
import java.util.List;

/** The codecs of the requests about tasks that come from outside, and of their answers. */
final class TaskCodecs {
    private TaskCodecs() {}

    private static final Encoding<Idempotency> IDEMPOTENCY = Encoding.framed(
            (out, idempotency) -> out.text(idempotency.key()).text(idempotency.requestSha256()),
            in -> new Idempotency(in.text(), in.text()));

    private static final Encoding<Submission> SUBMISSION = Encoding.framed(
            (out, submission) -> out.uuid(submission.taskId())
                    .number(submission.tenantId())
                    .value(TaskEncodings.SPEC, submission.spec())
                    .nullable(IDEMPOTENCY, submission.idempotency())
                    .nullable(Encoding.UUID, submission.rerunOf()),
            in -> new Submission(
                    in.uuid(),
                    in.number(),
                    in.value(TaskEncodings.SPEC),
                    in.nullable(IDEMPOTENCY),
                    in.nullable(Encoding.UUID)));

    private static final Encoding<Answer> ANSWER = Encoding.framed(
            (out, answer) -> out.nullable(TaskEncodings.TASK, answer.task())
                    .nullable(TaskEncodings.FAILURE, answer.refusal()),
            in -> new Answer(in.nullable(TaskEncodings.TASK), in.nullable(TaskEncodings.FAILURE)));

    private static final Encoding<ListTasks.Filter> FILTER = Encoding.framed(
            (out, filter) -> out.nullable(TaskEncodings.STATE, filter.state())
                    .nullable(Encoding.UUID, filter.agentId())
                    .nullable(TaskEncodings.ERROR_CODE, filter.failureKind())
                    .nullable(Encoding.INSTANT, filter.createdAfter())
                    .nullable(Encoding.INSTANT, filter.createdBefore()),
            in -> new ListTasks.Filter(
                    in.nullable(TaskEncodings.STATE),
                    in.nullable(Encoding.UUID),
                    in.nullable(TaskEncodings.ERROR_CODE),
                    in.nullable(Encoding.INSTANT),
                    in.nullable(Encoding.INSTANT)));

    static final WireCodec<SubmitTasks> SUBMIT = WireCodec.of(
            SubmitTasks.class,
            "task.submit/1",
            (out, m) -> out.list(SUBMISSION, m.submissions()),
            in -> new SubmitTasks(in.list(SUBMISSION)));

    static final WireCodec<TasksSubmitted> SUBMITTED = WireCodec.of(
            TasksSubmitted.class,
            "task.submitted/1",
            (out, m) -> out.list(ANSWER, m.answers()),
            in -> new TasksSubmitted(in.list(ANSWER)));

    static final WireCodec<FindTask> FIND = WireCodec.of(
            FindTask.class,
            "task.find/1",
            (out, m) -> out.number(m.tenantId()).uuid(m.taskId()),
            in -> new FindTask(in.number(), in.uuid()));

    static final WireCodec<TaskFound> FOUND = WireCodec.of(
            TaskFound.class,
            "task.found/1",
            (out, m) -> out.value(TaskEncodings.TASK, m.task()).list(RunEncodings.ATTEMPT, m.attempts()),
            in -> new TaskFound(in.value(TaskEncodings.TASK), in.list(RunEncodings.ATTEMPT)));

    static final WireCodec<ListTasks> LIST = WireCodec.of(
            ListTasks.class,
            "task.list/1",
            (out, m) -> out.number(m.tenantId())
                    .value(FILTER, m.filter())
                    .nullable(Encoding.UUID, m.before())
                    .number(m.limit()),
            in -> new ListTasks(in.number(), in.value(FILTER), in.nullable(Encoding.UUID), in.integer()));

    static final WireCodec<TaskPage> PAGE = WireCodec.of(
            TaskPage.class,
            "task.page/1",
            (out, m) -> out.list(TaskEncodings.TASK, m.tasks()),
            in -> new TaskPage(in.list(TaskEncodings.TASK)));

    static final WireCodec<CancelTask> CANCEL = WireCodec.of(
            CancelTask.class,
            "task.cancel/1",
            (out, m) -> out.number(m.tenantId()).uuid(m.taskId()),
            in -> new CancelTask(in.number(), in.uuid()));

    static final WireCodec<TaskCancelled> CANCELLED = WireCodec.of(
            TaskCancelled.class,
            "task.cancelled/1",
            (out, m) -> out.value(TaskEncodings.TASK, m.task()),
            in -> new TaskCancelled(in.value(TaskEncodings.TASK)));

    static final WireCodec<PromoteTask> PROMOTE = WireCodec.of(
            PromoteTask.class,
            "task.promote/1",
            (out, m) -> out.number(m.tenantId()).uuid(m.taskId()),
            in -> new PromoteTask(in.number(), in.uuid()));

    static final WireCodec<TaskPromoted> PROMOTED = WireCodec.of(
            TaskPromoted.class,
            "task.promoted/1",
            (out, m) -> out.value(TaskEncodings.TASK, m.task()),
            in -> new TaskPromoted(in.value(TaskEncodings.TASK)));

    static final WireCodec<CountTasks> COUNT = WireCodec.of(
            CountTasks.class,
            "task.count/1",
            (out, m) -> out.number(m.tenantId()),
            in -> new CountTasks(in.number()));

    static final WireCodec<TasksCounted> COUNTED = WireCodec.of(
            TasksCounted.class,
            "task.counted/1",
            (out, m) -> out.map(TaskEncodings.STATE, Encoding.NUMBER, m.byState())
                    .map(TaskEncodings.PRIORITY, Encoding.NUMBER, m.waitingByPriority())
                    .nullable(Encoding.INSTANT, m.oldestDueAt()),
            in -> new TasksCounted(
                    in.map(TaskEncodings.STATE, Encoding.NUMBER),
                    in.map(TaskEncodings.PRIORITY, Encoding.NUMBER),
                    in.nullable(Encoding.INSTANT)));

    static final WireCodec<FindResult> FIND_RESULT = WireCodec.of(
            FindResult.class,
            "result.find/1",
            (out, m) -> out.number(m.tenantId()).uuid(m.taskId()),
            in -> new FindResult(in.number(), in.uuid()));

    static final WireCodec<ResultFound> RESULT_FOUND = WireCodec.of(
            ResultFound.class,
            "result.found/1",
            (out, m) -> out.value(RunEncodings.RESULT, m.result()),
            in -> new ResultFound(in.value(RunEncodings.RESULT)));

    static final WireCodec<ListResults> LIST_RESULTS = WireCodec.of(
            ListResults.class,
            "result.list/1",
            (out, m) -> out.number(m.tenantId())
                    .nullable(Encoding.UUID, m.agentId())
                    .nullable(Encoding.UUID, m.before())
                    .number(m.limit()),
            in -> new ListResults(
                    in.number(), in.nullable(Encoding.UUID), in.nullable(Encoding.UUID), in.integer()));

    static final WireCodec<ResultPage> RESULT_PAGE = WireCodec.of(
            ResultPage.class,
            "result.page/1",
            (out, m) -> out.list(RunEncodings.RESULT, m.results()),
            in -> new ResultPage(in.list(RunEncodings.RESULT)));

    static final List<WireCodec<?>> ALL = List.of(
            SUBMIT,
            SUBMITTED,
            FIND,
            FOUND,
            LIST,
            PAGE,
            CANCEL,
            CANCELLED,
            PROMOTE,
            PROMOTED,
            COUNT,
            COUNTED,
            FIND_RESULT,
            RESULT_FOUND,
            LIST_RESULTS,
            RESULT_PAGE);
}
