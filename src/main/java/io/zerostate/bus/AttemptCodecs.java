package io.zerostate.bus;

import io.zerostate.bus.LoseTasks.LostLease;
import io.zerostate.bus.CheckAttempts.Held;
import io.zerostate.bus.RunningFound.RunningTask;
import io.zerostate.bus.TasksClaimed.Unfit;
import java.util.List;

/** The codecs of the work path: offer, claim, execute, finish, and what keeps it going when something is lost. */
final class AttemptCodecs {
    private AttemptCodecs() {}

    private static final Encoding<QueueEntry> ENTRY = Encoding.framed(
            (out, entry) -> out.uuid(entry.taskId()).number(entry.rank()).instant(entry.runAt()),
            in -> new QueueEntry(in.uuid(), in.integer(), in.instant()));

    private static final Encoding<ClaimedTask> CLAIMED_TASK = Encoding.framed(
            (out, task) -> out.uuid(task.taskId())
                    .number(task.tenantId())
                    .value(TaskEncodings.SPEC, task.spec())
                    .number(task.attempt())
                    .number(task.retries())
                    .number(task.crashes())
                    .number(task.queueMs()),
            in -> new ClaimedTask(
                    in.uuid(),
                    in.number(),
                    in.value(TaskEncodings.SPEC),
                    in.integer(),
                    in.integer(),
                    in.integer(),
                    in.number()));

    private static final Encoding<Unfit> UNFIT = Encoding.framed(
            (out, task) -> out.uuid(task.taskId()).number(task.memoryBytes()),
            in -> new Unfit(in.uuid(), in.number()));

    private static final Encoding<LostLease> LOST_LEASE = Encoding.framed(
            (out, lease) -> out.uuid(lease.taskId()).text(lease.node()).number(lease.attempt()),
            in -> new LostLease(in.uuid(), in.text(), in.hasMore() ? in.integer() : 0));

    private static final Encoding<RunningTask> RUNNING_TASK = Encoding.framed(
            (out, task) -> out.uuid(task.taskId()).number(task.attempt()).text(task.node()),
            in -> new RunningTask(in.uuid(), in.integer(), in.text()));

    private static final Encoding<Held> HELD = Encoding.framed(
            (out, held) -> out.uuid(held.taskId()).number(held.attempt()), in -> new Held(in.uuid(), in.integer()));

    private static final Encoding<StopRun.Reason> STOP_REASON =
            Encoding.ofEnum(StopRun.Reason.values(), reason -> switch (reason) {
                case CANCELLED -> 1;
                case LEASE_LOST -> 2;
                case SHUTDOWN -> 3;
            });

    static final WireCodec<OfferTasks> OFFER = WireCodec.of(
            OfferTasks.class,
            "queue.offer/1",
            (out, m) -> out.list(ENTRY, m.entries()),
            in -> new OfferTasks(in.list(ENTRY)));

    static final WireCodec<WithdrawTasks> WITHDRAW = WireCodec.of(
            WithdrawTasks.class,
            "queue.withdraw/1",
            (out, m) -> out.list(Encoding.UUID, m.taskIds()),
            in -> new WithdrawTasks(in.list(Encoding.UUID)));

    static final WireCodec<ClaimTasks> CLAIM = WireCodec.of(
            ClaimTasks.class,
            "task.claim/1",
            (out, m) -> out.text(m.node())
                    .list(Encoding.UUID, m.taskIds())
                    .number(m.freeBytes())
                    .number(m.wholeBytes()),
            in -> new ClaimTasks(
                    in.text(),
                    in.list(Encoding.UUID),
                    in.hasMore() ? in.number() : ClaimTasks.UNBOUNDED,
                    in.hasMore() ? in.number() : ClaimTasks.UNBOUNDED));

    static final WireCodec<TasksClaimed> CLAIMED = WireCodec.of(
            TasksClaimed.class,
            "task.claimed/1",
            (out, m) -> out.list(CLAIMED_TASK, m.tasks()).list(ENTRY, m.waiting()).list(UNFIT, m.unfit()),
            in -> new TasksClaimed(
                    in.list(CLAIMED_TASK), in.list(ENTRY), in.hasMore() ? in.list(UNFIT) : List.of()));

    static final WireCodec<WorkerIdle> WORKER_IDLE = WireCodec.of(
            WorkerIdle.class,
            "worker.idle/1",
            (out, m) -> out.number(m.slot()).text(m.address()),
            in -> new WorkerIdle(in.integer(), in.text()));

    static final WireCodec<ExecuteTask> EXECUTE = WireCodec.of(
            ExecuteTask.class,
            "task.execute/1",
            (out, m) -> out.value(CLAIMED_TASK, m.task()),
            in -> new ExecuteTask(in.value(CLAIMED_TASK)));

    static final WireCodec<AttemptRan> RAN = WireCodec.of(
            AttemptRan.class,
            "attempt.ran/1",
            (out, m) -> out.value(RunEncodings.REPORT, m.report()),
            in -> new AttemptRan(in.value(RunEncodings.REPORT)));

    static final WireCodec<FinishAttempt> FINISH = WireCodec.of(
            FinishAttempt.class,
            "attempt.finish/1",
            (out, m) -> out.uuid(m.taskId())
                    .number(m.attempt())
                    .value(RunEncodings.REPORT, m.report())
                    .value(RunEncodings.SETTLEMENT, m.settlement()),
            in -> new FinishAttempt(
                    in.uuid(), in.integer(), in.value(RunEncodings.REPORT), in.value(RunEncodings.SETTLEMENT)));

    static final WireCodec<AttemptFinished> FINISHED = WireCodec.of(
            AttemptFinished.class,
            "attempt.finished/1",
            (out, m) -> out.flag(m.accepted()).value(TaskEncodings.STATE, m.state()).instant(m.nextRunAt()),
            in -> new AttemptFinished(in.flag(), in.value(TaskEncodings.STATE), in.instant()));

    static final WireCodec<HandBackTask> HAND_BACK = WireCodec.of(
            HandBackTask.class,
            "task.hand_back/1",
            (out, m) -> out.uuid(m.taskId()).number(m.attempt()),
            in -> new HandBackTask(in.uuid(), in.integer()));

    static final WireCodec<StopRun> STOP = WireCodec.of(
            StopRun.class,
            "run.stop/1",
            (out, m) -> out.uuid(m.taskId()).number(m.attempt()).value(STOP_REASON, m.reason()),
            in -> new StopRun(in.uuid(), in.integer(), in.value(STOP_REASON)));

    static final WireCodec<LoseTasks> LOSE = WireCodec.of(
            LoseTasks.class,
            "task.lose/1",
            (out, m) -> out.list(LOST_LEASE, m.leases()),
            in -> new LoseTasks(in.list(LOST_LEASE)));

    static final WireCodec<TasksRequeued> REQUEUED = WireCodec.of(
            TasksRequeued.class,
            "task.requeued/1",
            (out, m) -> out.list(ENTRY, m.entries()),
            in -> new TasksRequeued(in.list(ENTRY)));

    static final WireCodec<FindWaiting> FIND_WAITING = WireCodec.of(
            FindWaiting.class,
            "task.find_waiting/1",
            (out, m) -> out.nullable(Encoding.UUID, m.after()).number(m.limit()),
            in -> new FindWaiting(in.nullable(Encoding.UUID), in.integer()));

    static final WireCodec<WaitingFound> WAITING_FOUND = WireCodec.of(
            WaitingFound.class,
            "task.waiting_found/1",
            (out, m) -> out.list(ENTRY, m.entries()),
            in -> new WaitingFound(in.list(ENTRY)));

    static final WireCodec<FindRunning> FIND_RUNNING = WireCodec.of(
            FindRunning.class,
            "task.find_running/1",
            (out, m) -> out.nullable(Encoding.UUID, m.after()).number(m.limit()),
            in -> new FindRunning(in.nullable(Encoding.UUID), in.integer()));

    static final WireCodec<RunningFound> RUNNING_FOUND = WireCodec.of(
            RunningFound.class,
            "task.running_found/1",
            (out, m) -> out.list(RUNNING_TASK, m.tasks()),
            in -> new RunningFound(in.list(RUNNING_TASK)));

    static final WireCodec<FindAttempts> FIND_ATTEMPTS = WireCodec.of(
            FindAttempts.class,
            "attempt.find/1",
            (out, m) -> out.list(Encoding.UUID, m.taskIds()),
            in -> new FindAttempts(in.list(Encoding.UUID)));

    static final WireCodec<CheckAttempts> CHECK = WireCodec.of(
            CheckAttempts.class,
            "attempt.check/1",
            (out, m) -> out.list(HELD, m.attempts()),
            in -> new CheckAttempts(in.list(HELD)));

    static final WireCodec<AttemptsChecked> CHECKED = WireCodec.of(
            AttemptsChecked.class,
            "attempt.checked/1",
            (out, m) -> out.list(Encoding.UUID, m.cancelled()).list(Encoding.UUID, m.stale()),
            in -> new AttemptsChecked(in.list(Encoding.UUID), in.list(Encoding.UUID)));

    static final WireCodec<TakeReconcileTurn> TAKE_TURN = WireCodec.of(
            TakeReconcileTurn.class, "reconcile.take_turn/1", (out, m) -> {}, in -> new TakeReconcileTurn());

    static final WireCodec<ReconcileTurnTaken> TURN_TAKEN = WireCodec.of(
            ReconcileTurnTaken.class,
            "reconcile.turn_taken/1",
            (out, m) -> out.flag(m.ours()),
            in -> new ReconcileTurnTaken(in.flag()));

    static final List<WireCodec<?>> ALL = List.of(
            OFFER,
            WITHDRAW,
            CLAIM,
            CLAIMED,
            WORKER_IDLE,
            EXECUTE,
            RAN,
            FINISH,
            FINISHED,
            HAND_BACK,
            STOP,
            LOSE,
            REQUEUED,
            FIND_WAITING,
            WAITING_FOUND,
            FIND_RUNNING,
            RUNNING_FOUND,
            FIND_ATTEMPTS,
            CHECK,
            CHECKED,
            TAKE_TURN,
            TURN_TAKEN);
}
