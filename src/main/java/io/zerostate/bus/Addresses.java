package io.zerostate.bus;

import java.time.Duration;

/**
 * The closed list of internal addresses: who sends what to whom. No address carries a task id: an address costs the cluster a
 * registration, and tasks come by the million. (What browsers see is another, outbound-only set of addresses, in {@code push}.)
 */
public final class Addresses {
    private Addresses() {}

    // http -> result (ResultVerticle)
    public static final Operation<SubmitTasks, TasksSubmitted> TASK_SUBMIT =
            new Operation<>("task.submit", SubmitTasks.class, TasksSubmitted.class);
    public static final Operation<FindTask, TaskFound> TASK_FIND =
            new Operation<>("task.find", FindTask.class, TaskFound.class);
    public static final Operation<ListTasks, TaskPage> TASK_LIST =
            new Operation<>("task.list", ListTasks.class, TaskPage.class);
    public static final Operation<CancelTask, TaskCancelled> TASK_CANCEL =
            new Operation<>("task.cancel", CancelTask.class, TaskCancelled.class);
    public static final Operation<PromoteTask, TaskPromoted> TASK_PROMOTE =
            new Operation<>("task.promote", PromoteTask.class, TaskPromoted.class);
    public static final Operation<CountTasks, TasksCounted> TASK_COUNT =
            new Operation<>("task.count", CountTasks.class, TasksCounted.class);
    public static final Operation<FindResult, ResultFound> RESULT_FIND =
            new Operation<>("result.find", FindResult.class, ResultFound.class);
    public static final Operation<ListResults, ResultPage> RESULT_LIST =
            new Operation<>("result.list", ListResults.class, ResultPage.class);

    // queue (QueueConsumerVerticle) -> result
    public static final Operation<ClaimTasks, TasksClaimed> TASK_CLAIM =
            new Operation<>("task.claim", ClaimTasks.class, TasksClaimed.class);
    public static final Operation<FinishAttempt, AttemptFinished> TASK_FINISH =
            new Operation<>("task.finish", FinishAttempt.class, AttemptFinished.class);
    public static final Operation<HandBackTask, AttemptFinished> TASK_HAND_BACK =
            new Operation<>("task.hand_back", HandBackTask.class, AttemptFinished.class);
    public static final Operation<LoseTasks, TasksRequeued> TASK_LOSE =
            new Operation<>("task.lose", LoseTasks.class, TasksRequeued.class);
    public static final Operation<FindWaiting, WaitingFound> TASK_WAITING =
            new Operation<>("task.waiting", FindWaiting.class, WaitingFound.class);
    public static final Operation<FindRunning, RunningFound> TASK_RUNNING =
            new Operation<>("task.running", FindRunning.class, RunningFound.class);
    public static final Operation<FindAttempts, RunningFound> TASK_ATTEMPTS =
            new Operation<>("task.attempts", FindAttempts.class, RunningFound.class);
    public static final Operation<CheckAttempts, AttemptsChecked> TASK_CHECK =
            new Operation<>("task.check", CheckAttempts.class, AttemptsChecked.class);
    public static final Operation<TakeReconcileTurn, ReconcileTurnTaken> RECONCILE_TURN =
            new Operation<>("reconcile.turn", TakeReconcileTurn.class, ReconcileTurnTaken.class);

    // result -> queue
    public static final Topic<OfferTasks> QUEUE_OFFER = new Topic<>("queue.offer", OfferTasks.class, Scope.NODE);

    public static final Topic<WithdrawTasks> QUEUE_WITHDRAW =
            new Topic<>("queue.withdraw", WithdrawTasks.class, Scope.NODE);

    // execution (ExecutionWorkerVerticle) -> queue
    public static final Topic<WorkerIdle> WORKER_IDLE = new Topic<>("worker.idle", WorkerIdle.class, Scope.NODE);

    /** After its timeout a run ends within moments. A worker that says nothing for this much longer is stuck. */
    public static final Duration STUCK_AFTER = Duration.ofSeconds(1);

    /**
     * queue -> one worker. Every worker owns an address, because a send to a shared one goes round robin and would wait behind a
     * busy worker beside an idle one.
     *
     * @param runTimeout how long the task may run; the request waits {@link #STUCK_AFTER} longer
     */
    public static Operation<ExecuteTask, AttemptRan> worker(String address, Duration runTimeout) {
        return new Operation<>(address, ExecuteTask.class, AttemptRan.class, runTimeout.plus(STUCK_AFTER));
    }

    /** The name of a worker's own address. */
    public static String workerAddress(String node, int slot) {
        return "worker." + node + "." + slot;
    }

    // result, queue -> execution, on every node
    public static final Topic<StopRun> RUN_STOP = new Topic<>("run.stop", StopRun.class, Scope.CLUSTER);

    /**
     * push -> execution on the node that runs an attempt. One address for each node that runs tasks.
     *
     * @param node its name
     */
    public static Operation<ReadOutput, OutputRead> output(String node) {
        return new Operation<>("output." + node, ReadOutput.class, OutputRead.class, Duration.ofSeconds(2), Scope.CLUSTER);
    }

    // result, execution -> push, http, on every node
    public static final Topic<TaskEvents> TASK_EVENTS = new Topic<>("task.events", TaskEvents.class, Scope.CLUSTER);

    // queue -> push, http, on every node
    public static final Topic<NodeStatus> NODE_STATUS = new Topic<>("node.status", NodeStatus.class, Scope.CLUSTER);

    // app -> http, on every node
    public static final Topic<NodeFacts> NODE_FACTS = new Topic<>("node.facts", NodeFacts.class, Scope.CLUSTER);

    // http -> registry (AgentVerticle)
    public static final Operation<RegisterAgent, AgentFound> AGENT_REGISTER =
            new Operation<>("agent.register", RegisterAgent.class, AgentFound.class, Duration.ofMinutes(2));
    public static final Operation<AddAgentVersion, AgentFound> AGENT_ADD_VERSION =
            new Operation<>("agent.add_version", AddAgentVersion.class, AgentFound.class, Duration.ofMinutes(2));
    public static final Operation<FindAgent, AgentFound> AGENT_FIND =
            new Operation<>("agent.find", FindAgent.class, AgentFound.class);
    public static final Operation<ListAgents, AgentPage> AGENT_LIST =
            new Operation<>("agent.list", ListAgents.class, AgentPage.class);
    public static final Operation<PatchAgent, AgentFound> AGENT_PATCH =
            new Operation<>("agent.patch", PatchAgent.class, AgentFound.class);
    public static final Operation<DeleteAgent, AgentFound> AGENT_DELETE =
            new Operation<>("agent.delete", DeleteAgent.class, AgentFound.class);
    public static final Operation<ListAgentVersions, AgentVersions> AGENT_VERSIONS =
            new Operation<>("agent.versions", ListAgentVersions.class, AgentVersions.class);

    // registry -> push, on every node
    public static final Topic<AgentChanged> AGENT_EVENTS =
            new Topic<>("agent.events", AgentChanged.class, Scope.CLUSTER);

    // http -> the parts of a node that depend on something outside of it
    public static final Operation<CheckHealth, Health> HEALTH_POSTGRES = health("postgres");
    public static final Operation<CheckHealth, Health> HEALTH_QUEUE = health("queue");
    public static final Operation<CheckHealth, Health> HEALTH_BINARIES = health("binaries");
    public static final Operation<CheckHealth, Health> HEALTH_CLUSTER = health("cluster");

    private static Operation<CheckHealth, Health> health(String part) {
        return new Operation<>("health." + part, CheckHealth.class, Health.class, Duration.ofSeconds(2));
    }
}
