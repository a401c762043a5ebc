package io.zerostate.result;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.zerostate.bus.FinishAttempt;
import io.zerostate.bus.Submission;
import io.zerostate.bus.Submission.Idempotency;
import io.zerostate.task.Bytes;
import io.zerostate.task.CapturedOutput;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.Input;
import io.zerostate.task.Labels;
import io.zerostate.task.Limits;
import io.zerostate.task.Outcome;
import io.zerostate.task.Priority;
import io.zerostate.task.Program;
import io.zerostate.task.RetryPolicy;
import io.zerostate.task.RunReport;
import io.zerostate.task.Schedule;
import io.zerostate.task.Settlement;
import io.zerostate.task.TaskSpec;
import io.zerostate.task.TaskState;
import io.zerostate.task.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Tasks and reports to test with. */
public final class Samples {
    private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();

    public static final RunReport SUCCESS = new RunReport(
            new Outcome.Completed(0),
            new CapturedOutput(Bytes.ofUtf8("out\0put"), false),
            new CapturedOutput(Bytes.ofUtf8("err"), true),
            12,
            65_536);

    public static final RunReport EXIT_3 = RunReport.withoutRun(new Outcome.Completed(3));

    private Samples() {}

    public static UUID id() {
        return IDS.generate();
    }

    public static Submission submission() {
        return of(spec(id(), Priority.NORMAL, Schedule.AT_ONCE));
    }

    static Submission submission(UUID agentId) {
        return of(spec(agentId, Priority.NORMAL, Schedule.AT_ONCE));
    }

    static Submission submission(Priority priority, Instant runAt) {
        return of(spec(id(), priority, runAt));
    }

    static Submission submission(String key, String requestSha256) {
        return new Submission(
                id(),
                Tenant.DEFAULT_ID,
                spec(id(), Priority.NORMAL, Schedule.AT_ONCE),
                new Idempotency(key, requestSha256),
                null);
    }

    static Submission of(TaskSpec spec) {
        return new Submission(id(), Tenant.DEFAULT_ID, spec, null, null);
    }

    private static final Map<String, Bytes> FILES =
            Map.of("data/ä.bin", Bytes.of(new byte[] {0, -1}), "empty", Bytes.EMPTY);

    /** With a value other than the default in every field. */
    static TaskSpec spec(UUID agentId, Priority priority, Instant runAt) {
        return new TaskSpec(
                new Program(agentId, "word-count", 7, "ab".repeat(32)),
                new Input(Bytes.of(new byte[] {0, 1, -1, 'x'}), List.of("-l", "ä\0\"", ""), Map.of("LANG", "C", "A", "\0"), FILES),
                new Limits(1_000, 2_000_000, 3_000, 4_000, 5_000, 6_000, 7_000),
                new Schedule(priority, runAt),
                new RetryPolicy(2, 100, 3.5, Set.of(ErrorCode.EXIT, ErrorCode.TIMEOUT)),
                new Labels("count my words", "{\"b\": [1, 2.50], \"a\": \"\\u0000\"}"));
    }

    static FinishAttempt success(UUID taskId, int attempt) {
        return new FinishAttempt(taskId, attempt, SUCCESS, new Settlement.End(TaskState.COMPLETED));
    }

    static FinishAttempt failure(UUID taskId, int attempt) {
        return new FinishAttempt(taskId, attempt, EXIT_3, new Settlement.End(TaskState.FAILED));
    }

    static FinishAttempt retry(UUID taskId, int attempt, Duration delay) {
        return new FinishAttempt(taskId, attempt, EXIT_3, new Settlement.Retry(delay));
    }

    static FinishAttempt postponed(UUID taskId, int attempt) {
        RunReport away = RunReport.withoutRun(new Outcome.Unavailable("the store is away"));
        return new FinishAttempt(taskId, attempt, away, new Settlement.Postpone(Duration.ZERO));
    }
}
