package io.zerostate.bus;

import io.zerostate.task.Attempt;
import io.zerostate.task.AttemptEnd;
import io.zerostate.task.CapturedOutput;
import io.zerostate.task.Outcome;
import io.zerostate.task.OutputStreamName;
import io.zerostate.task.RunReport;
import io.zerostate.task.Settlement;
import io.zerostate.task.TaskResult;

/** Attempts, how they ended and what they left behind, on the wire. */
final class RunEncodings {
    private RunEncodings() {}

    static final Encoding<OutputStreamName> STREAM = Encoding.ofEnum(OutputStreamName.values(), stream -> switch (stream) {
        case STDOUT -> 1;
        case STDERR -> 2;
    });

    static final Encoding<CapturedOutput> CAPTURED_OUTPUT = Encoding.framed(
            (out, captured) -> out.bytes(captured.bytes()).flag(captured.truncated()),
            in -> new CapturedOutput(in.bytes(), in.flag()));

    static final Encoding<Outcome> OUTCOME = Encoding.framed(RunEncodings::writeOutcome, RunEncodings::readOutcome);

    static final Encoding<RunReport> REPORT = Encoding.framed(
            (out, report) -> out.value(OUTCOME, report.outcome())
                    .value(CAPTURED_OUTPUT, report.stdout())
                    .value(CAPTURED_OUTPUT, report.stderr())
                    .number(report.durationMs())
                    .number(report.memoryPeakBytes()),
            in -> new RunReport(
                    in.value(OUTCOME), in.value(CAPTURED_OUTPUT), in.value(CAPTURED_OUTPUT), in.number(), in.number()));

    static final Encoding<Settlement> SETTLEMENT =
            Encoding.framed(RunEncodings::writeSettlement, RunEncodings::readSettlement);

    static final Encoding<AttemptEnd> ATTEMPT_END = Encoding.framed(
            (out, end) -> out.instant(end.at())
                    .value(TaskEncodings.STATE, end.next())
                    .nullable(TaskEncodings.FAILURE, end.failure())
                    .nullable(Encoding.INTEGER, end.exitCode())
                    .number(end.durationMs()),
            in -> new AttemptEnd(
                    in.instant(),
                    in.value(TaskEncodings.STATE),
                    in.nullable(TaskEncodings.FAILURE),
                    in.nullable(Encoding.INTEGER),
                    in.number()));

    static final Encoding<Attempt> ATTEMPT = Encoding.framed(
            (out, attempt) -> out.number(attempt.number())
                    .text(attempt.node())
                    .instant(attempt.startedAt())
                    .nullable(ATTEMPT_END, attempt.end()),
            in -> new Attempt(in.integer(), in.text(), in.instant(), in.nullable(ATTEMPT_END)));

    static final Encoding<TaskResult> RESULT = Encoding.framed(
            (out, result) -> out.uuid(result.taskId())
                    .uuid(result.agentId())
                    .number(result.attempt())
                    .nullable(Encoding.INTEGER, result.exitCode())
                    .value(CAPTURED_OUTPUT, result.stdout())
                    .value(CAPTURED_OUTPUT, result.stderr())
                    .number(result.durationMs())
                    .number(result.queueMs())
                    .number(result.memoryPeakBytes())
                    .nullable(TaskEncodings.FAILURE, result.failure())
                    .instant(result.createdAt()),
            in -> new TaskResult(
                    in.uuid(),
                    in.uuid(),
                    in.integer(),
                    in.nullable(Encoding.INTEGER),
                    in.value(CAPTURED_OUTPUT),
                    in.value(CAPTURED_OUTPUT),
                    in.number(),
                    in.number(),
                    in.number(),
                    in.nullable(TaskEncodings.FAILURE),
                    in.instant()));

    private static void writeOutcome(WireWriter out, Outcome outcome) {
        switch (outcome) {
            case Outcome.Completed(int exitCode) -> out.number(1).number(exitCode);
            case Outcome.Trapped(String message) -> out.number(2).text(message);
            case Outcome.TimedOut(long limitMs) -> out.number(3).number(limitMs);
            case Outcome.MemoryExceeded(long limitBytes) -> out.number(4).number(limitBytes);
            case Outcome.OutputExceeded(OutputStreamName stream, long limitBytes) ->
                out.number(5).value(STREAM, stream).number(limitBytes);
            case Outcome.Cancelled() -> out.number(6);
            case Outcome.Rejected(String reason) -> out.number(7).text(reason);
            case Outcome.Lost(String reason) -> out.number(8).text(reason);
            case Outcome.Unavailable(String reason) -> out.number(9).text(reason);
        }
    }

    private static Outcome readOutcome(WireReader in) {
        int kind = in.integer();
        return switch (kind) {
            case 1 -> new Outcome.Completed(in.integer());
            case 2 -> new Outcome.Trapped(in.text());
            case 3 -> new Outcome.TimedOut(in.number());
            case 4 -> new Outcome.MemoryExceeded(in.number());
            case 5 -> new Outcome.OutputExceeded(in.value(STREAM), in.number());
            case 6 -> new Outcome.Cancelled();
            case 7 -> new Outcome.Rejected(in.text());
            case 8 -> new Outcome.Lost(in.text());
            case 9 -> new Outcome.Unavailable(in.text());
            default -> throw in.broken(kind + " is no outcome");
        };
    }

    private static void writeSettlement(WireWriter out, Settlement settlement) {
        switch (settlement) {
            case Settlement.End(var state) -> out.number(1).value(TaskEncodings.STATE, state);
            case Settlement.Retry(var delay) -> out.number(2).duration(delay);
            case Settlement.Postpone(var delay) -> out.number(3).duration(delay);
        }
    }

    private static Settlement readSettlement(WireReader in) {
        int kind = in.integer();
        return switch (kind) {
            case 1 -> new Settlement.End(in.value(TaskEncodings.STATE));
            case 2 -> new Settlement.Retry(in.duration());
            case 3 -> new Settlement.Postpone(in.duration());
            default -> throw in.broken(kind + " is no settlement");
        };
    }
}
