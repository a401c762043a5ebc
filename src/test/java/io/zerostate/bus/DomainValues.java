package io.zerostate.bus;

import io.zerostate.agent.Agent;
import io.zerostate.agent.AgentVersion;
import io.zerostate.agent.BinaryRef;
import io.zerostate.agent.Manifest;
import io.zerostate.agent.ModuleReport;
import io.zerostate.task.Attempt;
import io.zerostate.task.AttemptEnd;
import io.zerostate.task.Bytes;
import io.zerostate.task.CapturedOutput;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.Failure;
import io.zerostate.task.Input;
import io.zerostate.task.Labels;
import io.zerostate.task.LimitOverrides;
import io.zerostate.task.Limits;
import io.zerostate.task.Outcome;
import io.zerostate.task.OutputStreamName;
import io.zerostate.task.Priority;
import io.zerostate.task.Program;
import io.zerostate.task.RetryPolicy;
import io.zerostate.task.RunReport;
import io.zerostate.task.Schedule;
import io.zerostate.task.Settlement;
import io.zerostate.task.Task;
import io.zerostate.task.TaskProgress;
import io.zerostate.task.TaskResult;
import io.zerostate.task.TaskSpec;
import io.zerostate.task.TaskState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.providers.ArbitraryProvider;
import net.jqwik.api.providers.TypeUsage;

/** Arbitrary values of the domain, for all that the types allow. Found by jqwik through {@code META-INF/services}. */
public final class DomainValues implements ArbitraryProvider {
    private static final Arbitrary<Integer> INTEGER = Arbitraries.integers();
    private static final Arbitrary<Long> NUMBER = Arbitraries.longs();
    private static final Arbitrary<Boolean> FLAG = Arbitraries.of(true, false);
    private static final Arbitrary<UUID> ID = Combinators.combine(NUMBER, NUMBER).as(UUID::new);

    /** All but half characters (lone surrogates), which UTF-8 has no form for. */
    private static final Arbitrary<String> TEXT = Arbitraries.strings()
            .ofMaxLength(20)
            .filter(text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).equals(text));

    private static final Arbitrary<List<String>> TEXTS = TEXT.list().ofMaxSize(3);
    private static final Arbitrary<String> SHA256 =
            Arbitraries.strings().withChars("0123456789abcdef").ofLength(64);
    private static final Arbitrary<Bytes> BYTES =
            Arbitraries.bytes().array(byte[].class).ofMaxSize(200).map(Bytes::of);
    private static final Arbitrary<Instant> TIME = Combinators.combine(
                    Arbitraries.longs().between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()),
                    Arbitraries.integers().between(0, 999_999_999))
            .as(Instant::ofEpochSecond);
    private static final Arbitrary<Duration> DURATION =
            Combinators.combine(NUMBER, Arbitraries.integers().between(0, 999_999_999)).as((seconds, nanos) ->
                    Duration.ofSeconds(seconds, nanos));
    private static final Arbitrary<TaskState> STATE = Arbitraries.of(TaskState.class);
    private static final Arbitrary<OutputStreamName> STREAM = Arbitraries.of(OutputStreamName.class);
    private static final Arbitrary<Failure> FAILURE =
            Combinators.combine(Arbitraries.of(ErrorCode.class), TEXT).as(Failure::new);
    private static final Arbitrary<Long> LIMIT = Arbitraries.longs().greaterOrEqual(1);

    private static final Arbitrary<CapturedOutput> CAPTURED = Combinators.combine(BYTES, FLAG).as(CapturedOutput::new);

    private static final Arbitrary<Outcome> OUTCOME = Arbitraries.oneOf(
            INTEGER.map(Outcome.Completed::new),
            TEXT.map(Outcome.Trapped::new),
            NUMBER.map(Outcome.TimedOut::new),
            NUMBER.map(Outcome.MemoryExceeded::new),
            Combinators.combine(STREAM, NUMBER).as(Outcome.OutputExceeded::new),
            Arbitraries.just(new Outcome.Cancelled()),
            TEXT.map(Outcome.Rejected::new),
            TEXT.map(Outcome.Lost::new),
            TEXT.map(Outcome.Unavailable::new));

    private static final Arbitrary<RunReport> REPORT =
            Combinators.combine(OUTCOME, CAPTURED, CAPTURED, NUMBER, NUMBER).as(RunReport::new);

    private static final Arbitrary<Settlement> SETTLEMENT = Arbitraries.oneOf(
            STATE.filter(TaskState::isTerminal).map(Settlement.End::new),
            DURATION.map(Settlement.Retry::new),
            DURATION.map(Settlement.Postpone::new));

    private static final Arbitrary<AttemptEnd> ATTEMPT_END = Combinators.combine(
                    TIME, STATE, FAILURE.injectNull(0.5), INTEGER.injectNull(0.5), NUMBER)
            .as(AttemptEnd::new);

    private static final Arbitrary<Attempt> ATTEMPT =
            Combinators.combine(INTEGER, TEXT, TIME, ATTEMPT_END.injectNull(0.3)).as(Attempt::new);

    private static final Arbitrary<TaskSpec> SPEC = Combinators.combine(
                    Combinators.combine(ID, TEXT, INTEGER, SHA256).as(Program::new),
                    Combinators.combine(
                                    BYTES,
                                    TEXTS,
                                    Arbitraries.maps(TEXT, TEXT).ofMaxSize(4),
                                    Arbitraries.maps(TEXT, BYTES).ofMaxSize(2).injectNull(0.5))
                            .as(Input::new),
                    Combinators.combine(LIMIT, LIMIT, LIMIT, LIMIT, LIMIT, LIMIT, LIMIT).as(Limits::new),
                    Combinators.combine(Arbitraries.of(Priority.class), TIME).as(Schedule::new),
                    Combinators.combine(
                                    Arbitraries.integers().between(0, RetryPolicy.MAX_RETRIES),
                                    Arbitraries.longs().between(0, RetryPolicy.MAX_DELAY_MS),
                                    Arbitraries.doubles().between(1, RetryPolicy.MAX_FACTOR).ofScale(9),
                                    Arbitraries.of(RetryPolicy.RETRYABLE).set())
                            .as(RetryPolicy::new),
                    Combinators.combine(TEXT, TEXT).as(Labels::new))
            .as(TaskSpec::new);

    private static final Arbitrary<TaskProgress> PROGRESS = Combinators.combine(
                    Combinators.combine(STATE, INTEGER, INTEGER, INTEGER, INTEGER).as(Counters::new),
                    FLAG,
                    TIME,
                    TIME.injectNull(0.5),
                    TIME,
                    TIME.injectNull(0.5),
                    FAILURE.injectNull(0.5))
            .as((counters, cancel, next, started, updated, finished, failure) -> new TaskProgress(
                    counters.state,
                    counters.attempt,
                    counters.retries,
                    counters.crashes,
                    counters.seq,
                    cancel,
                    next,
                    started,
                    updated,
                    finished,
                    failure));

    private static final Arbitrary<Task> TASK =
            Combinators.combine(ID, NUMBER, SPEC, PROGRESS, TIME, ID.injectNull(0.5)).as(Task::new);

    private static final Arbitrary<TaskResult> RESULT = Combinators.combine(
                    ID, ID, INTEGER, INTEGER.injectNull(0.5), REPORT, NUMBER, FAILURE.injectNull(0.5), TIME)
            .as((task, agent, attempt, exitCode, report, queueMs, failure, at) -> new TaskResult(
                    task,
                    agent,
                    attempt,
                    exitCode,
                    report.stdout(),
                    report.stderr(),
                    report.durationMs(),
                    queueMs,
                    report.memoryPeakBytes(),
                    failure,
                    at));

    private static final Arbitrary<Long> WISH = NUMBER.injectNull(0.5);
    private static final Arbitrary<LimitOverrides> OVERRIDES =
            Combinators.combine(WISH, WISH, WISH, WISH, WISH, WISH, WISH).as(LimitOverrides::new);

    private static final Arbitrary<AgentVersion> VERSION = Combinators.combine(
                    INTEGER,
                    TEXT,
                    Combinators.combine(SHA256, Arbitraries.longs().greaterOrEqual(0)).as(BinaryRef::new),
                    Combinators.combine(TEXTS, NUMBER, NUMBER, INTEGER, INTEGER, NUMBER, TEXTS)
                            .flatAs((imports, min, max, all, slow, millis, warnings) -> Combinators.combine(INTEGER, TEXTS)
                                    .as((gate, made) -> new ModuleReport(
                                            imports, min, max, all, slow, millis, warnings, gate, made))),
                    TIME)
            .as(AgentVersion::new);

    private static final Arbitrary<Agent> AGENT = Combinators.combine(
                    ID,
                    NUMBER,
                    TEXT,
                    Combinators.combine(TEXT, TEXTS, OVERRIDES).as(Manifest::new),
                    VERSION,
                    TIME,
                    TIME,
                    TIME.injectNull(0.5))
            .as(Agent::new);

    private static final Map<Class<?>, Arbitrary<?>> BY_TYPE = Map.ofEntries(
            Map.entry(UUID.class, ID),
            Map.entry(Bytes.class, BYTES),
            Map.entry(Instant.class, TIME),
            Map.entry(Duration.class, DURATION),
            Map.entry(Outcome.class, OUTCOME),
            Map.entry(RunReport.class, REPORT),
            Map.entry(Settlement.class, SETTLEMENT),
            Map.entry(Attempt.class, ATTEMPT),
            Map.entry(TaskSpec.class, SPEC),
            Map.entry(Task.class, TASK),
            Map.entry(TaskResult.class, RESULT),
            Map.entry(Agent.class, AGENT));

    @Override
    public boolean canProvideFor(TypeUsage targetType) {
        return BY_TYPE.containsKey(targetType.getRawType());
    }

    @Override
    public Set<Arbitrary<?>> provideFor(TypeUsage targetType, SubtypeProvider subtypeProvider) {
        return Set.of(BY_TYPE.get(targetType.getRawType()));
    }

    private record Counters(TaskState state, int attempt, int retries, int crashes, int seq) {}
}
