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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** One fixed example of each message, with every field set: what the golden files hold. */
final class MessageExamples {
    private static final UUID TASK_ID = UUID.fromString("01990000-0000-7000-8000-000000000001");
    private static final UUID OTHER_TASK_ID = UUID.fromString("01990000-0000-7000-8000-000000000002");
    private static final UUID AGENT_ID = UUID.fromString("01990000-0000-7000-8000-0000000000a1");
    private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final Instant LATER = Instant.parse("2026-01-02T03:04:07.890123456Z");
    private static final String SHA256 = "0123456789abcdef".repeat(4);

    private static final Failure FAILURE = new Failure(ErrorCode.TRAP, "unreachable ≠ fine");
    private static final CapturedOutput STDOUT = new CapturedOutput(Bytes.of(new byte[] {0, 1, -1, 'a'}), true);
    private static final CapturedOutput STDERR = new CapturedOutput(Bytes.ofUtf8("warning"), false);

    private static final TaskSpec SPEC = new TaskSpec(
            new Program(AGENT_ID, "jq", 3, SHA256),
            new Input(
                    Bytes.ofUtf8("{\"a\":1}"),
                    List.of("-c", ".a"),
                    Map.of("LANG", "C", "EMPTY", "", "UMLAUT", "ä"),
                    Map.of("data/a.txt", Bytes.ofUtf8("a"))),
            new Limits(10_000, 134_217_728, 1_048_576, 262_144, 524_288, 1_000_000, 8_388_608),
            new Schedule(Priority.HIGH, CREATED),
            new RetryPolicy(5, 250, 1.5, Set.of(ErrorCode.EXIT, ErrorCode.LOST)),
            new Labels("pick a", "{\"team\":\"x\"}"));

    private static final TaskProgress PROGRESS = new TaskProgress(
            TaskState.RETRYING, 2, 1, 1, 5, true, LATER, CREATED, LATER, LATER, FAILURE);

    private static final Task TASK = new Task(TASK_ID, 7, SPEC, PROGRESS, CREATED, OTHER_TASK_ID);

    private static final List<Attempt> ATTEMPTS = List.of(
            new Attempt(1, "node-1", CREATED, new AttemptEnd(LATER, TaskState.RETRYING, FAILURE, 134, 2_211)),
            new Attempt(2, "node-2", LATER, null));

    private static final RunReport REPORT =
            new RunReport(new Outcome.OutputExceeded(OutputStreamName.STDERR, 262_144), STDOUT, STDERR, 17, 65_536);

    private static final TaskResult RESULT =
            new TaskResult(TASK_ID, AGENT_ID, 2, 255, STDOUT, STDERR, 17, 4, 65_536, FAILURE, LATER);

    private static final ClaimedTask CLAIMED = new ClaimedTask(TASK_ID, 7, SPEC, 2, 1, 1, 12);

    private static final QueueEntry ENTRY = new QueueEntry(TASK_ID, Priority.HEAD_OF_LINE, CREATED);

    private static final BinaryRef BINARY = new BinaryRef(SHA256, 2_400_000);

    private static final LimitOverrides OVERRIDES = new LimitOverrides(
            60_000L, 268_435_456L, 4_194_304L, 65_536L, 1_024L, 5_000_000L, 1_048_576L);

    private static final Manifest MANIFEST = new Manifest("Picks from JSON", List.of("json", "filter"), OVERRIDES);

    private static final AgentVersion VERSION = new AgentVersion(
            3,
            "1.7.1",
            BINARY,
            new ModuleReport(
                    List.of("wasi_snapshot_preview1.fd_write", "wasi_snapshot_preview1.proc_exit"),
                    1_048_576,
                    -1,
                    4_321,
                    2,
                    890,
                    List.of("2 functions are interpreted"),
                    2,
                    List.of("language Go")),
            CREATED);

    private static final Agent AGENT = new Agent(AGENT_ID, 7, "jq", MANIFEST, VERSION, CREATED, LATER, LATER);

    /** In the order of {@link BusMessage}. */
    static final List<BusMessage> ALL = List.of(
            new AddAgentVersion(7, AGENT_ID, "1.7.1", MANIFEST, BINARY),
            new AgentChanged(AGENT_ID, 7, "jq", 3, "a".repeat(64), true, LATER),
            new AgentFound(AGENT),
            new AgentPage(List.of(AGENT)),
            new AgentVersions(List.of(VERSION)),
            new AttemptFinished(true, TaskState.RETRYING, LATER),
            new AttemptRan(REPORT),
            new AttemptsChecked(List.of(TASK_ID), List.of(OTHER_TASK_ID)),
            new CancelTask(7, TASK_ID),
            new CheckAttempts(List.of(new CheckAttempts.Held(TASK_ID, 2))),
            new CheckHealth(),
            new ClaimTasks("node-1", List.of(TASK_ID, OTHER_TASK_ID), 536_870_912, 1_073_741_824),
            new CountTasks(7),
            new DeleteAgent(7, AGENT_ID),
            new ExecuteTask(CLAIMED),
            new FindAgent(7, "jq"),
            new FindAttempts(List.of(TASK_ID, OTHER_TASK_ID)),
            new FindResult(7, TASK_ID),
            new FindRunning(TASK_ID, 500),
            new FindTask(7, TASK_ID),
            new FindWaiting(TASK_ID, 500),
            new FinishAttempt(TASK_ID, 2, REPORT, new Settlement.Retry(Duration.ofMillis(4_321))),
            new HandBackTask(TASK_ID, 2),
            new Health(true, "17 ms"),
            new ListAgentVersions(7, AGENT_ID),
            new ListAgents(7, "json", "filter", AGENT_ID, 50),
            new ListResults(7, AGENT_ID, TASK_ID, 50),
            new ListTasks(7, new ListTasks.Filter(TaskState.FAILED, AGENT_ID, ErrorCode.TIMEOUT, CREATED, LATER), TASK_ID, 50),
            new LoseTasks(List.of(new LoseTasks.LostLease(TASK_ID, "node-2", 2))),
            new NodeFacts("node-1", "1.2.3", List.of("api", "executor"), CREATED, 123_456_789, 1_073_741_824),
            new NodeStatus("node-1", 4, 3, 1_000_000, true, LATER, CREATED),
            new OfferTasks(List.of(ENTRY)),
            new OutputRead(65_536, Bytes.ofUtf8("more\n")),
            new PatchAgent(7, AGENT_ID, "jq2", "Picks", List.of("json"), OVERRIDES),
            new PromoteTask(7, TASK_ID),
            new ReadOutput(TASK_ID, 2, OutputStreamName.STDERR, 65_536),
            new ReconcileTurnTaken(true),
            new RegisterAgent(7, "jq", "1.7.1", MANIFEST, BINARY),
            new ResultFound(RESULT),
            new ResultPage(List.of(RESULT)),
            new RunningFound(List.of(new RunningFound.RunningTask(TASK_ID, 2, "node-1"))),
            new StopRun(TASK_ID, 2, StopRun.Reason.SHUTDOWN),
            new SubmitTasks(List.of(
                    new Submission(TASK_ID, 7, SPEC, new Submission.Idempotency("key-1", SHA256), OTHER_TASK_ID))),
            new TakeReconcileTurn(),
            new TaskCancelled(TASK),
            new TaskEvents(List.of(
                    new TaskEvent.Changed(
                            TASK_ID, 7, AGENT_ID, TaskState.FAILED, 2, 5, "pick a", "Failed: trap", ErrorCode.TRAP, LATER),
                    new TaskEvent.Wrote(TASK_ID, 7, 2, OutputStreamName.STDOUT, 65_536, Bytes.ofUtf8("more\n")))),
            new TaskFound(TASK, ATTEMPTS),
            new TaskPage(List.of(TASK)),
            new TaskPromoted(TASK),
            new TasksClaimed(
                    List.of(CLAIMED), List.of(ENTRY), List.of(new TasksClaimed.Unfit(OTHER_TASK_ID, 268_435_456))),
            new TasksCounted(
                    Map.of(TaskState.QUEUED, 12L, TaskState.RUNNING, 4L, TaskState.RETRYING, 1L),
                    Map.of(Priority.NORMAL, 12L, Priority.CRITICAL, 1L),
                    CREATED),
            new TasksRequeued(List.of(ENTRY)),
            new TasksSubmitted(List.of(
                    new TasksSubmitted.Answer(TASK, null),
                    new TasksSubmitted.Answer(null, new Failure(ErrorCode.AGENT_DELETED, "The agent was deleted")))),
            new WaitingFound(List.of(ENTRY)),
            new WithdrawTasks(List.of(TASK_ID, OTHER_TASK_ID)),
            new WorkerIdle(3, "worker.node-1.3"));

    private MessageExamples() {}
}
