package io.zerostate.queue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.AttemptFinished;
import io.zerostate.bus.AttemptsChecked;
import io.zerostate.bus.Bus;
import io.zerostate.bus.BusMessage;
import io.zerostate.bus.CheckAttempts;
import io.zerostate.bus.ClaimTasks;
import io.zerostate.bus.ClaimedTask;
import io.zerostate.bus.FindAttempts;
import io.zerostate.bus.FinishAttempt;
import io.zerostate.bus.HandBackTask;
import io.zerostate.bus.LoseTasks.LostLease;
import io.zerostate.bus.LoseTasks;
import io.zerostate.bus.OfferTasks;
import io.zerostate.bus.Operation;
import io.zerostate.bus.QueueEntry;
import io.zerostate.bus.ReconcileTurnTaken;
import io.zerostate.bus.RunningFound.RunningTask;
import io.zerostate.bus.RunningFound;
import io.zerostate.bus.TasksClaimed;
import io.zerostate.bus.TasksClaimed.Unfit;
import io.zerostate.bus.TasksRequeued;
import io.zerostate.bus.WaitingFound;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.Outcome;
import io.zerostate.task.RefusedException;
import io.zerostate.task.RunReport;
import io.zerostate.task.Settlement;
import io.zerostate.task.TaskSpec;
import io.zerostate.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Plays the part of the result verticle: the same answers to the same requests, with the same conditions, in memory. */
final class InMemoryTaskStore {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final Heard<LoseTasks> losses = new Heard<>();
    private final InstantSource clock;
    private final Map<UUID, Row> rows = new TreeMap<>();
    private final List<UUID> claimedInOrder = new ArrayList<>();
    private long mostMemory;
    private boolean away;
    private Future<Void> claimsAnswered = Future.succeededFuture();
    private boolean turnOurs = true;
    private Runnable beforeAttempts = () -> {};

    /** One task as it stands; changes under the store's lock. */
    static final class Row {
        final UUID id;
        final TaskSpec spec;
        TaskState state = TaskState.QUEUED;
        int attempt;
        int retries;
        int crashes;
        boolean cancelRequested;
        /** A claim with this task in it fails, as for a row that cannot be read. */
        boolean unclaimable;
        /** Only a report without output can be stored, as for output that the store cannot keep. */
        boolean outputUnstorable;
        Instant nextRunAt;
        @Nullable String node;
        @Nullable RunReport result;
        final List<Outcome> outcomes = new ArrayList<>();

        private Row(UUID id, TaskSpec spec, Instant nextRunAt) {
            this.id = id;
            this.spec = spec;
            this.nextRunAt = nextRunAt;
        }

        private QueueEntry entry() {
            return new QueueEntry(id, spec.schedule().priority().rank(), nextRunAt);
        }
    }

    InMemoryTaskStore(InstantSource clock) {
        this.clock = clock;
    }

    void serve(Bus bus) {
        Future.all(List.of(
                        serve(bus, Addresses.TASK_CLAIM, this::claim),
                        serve(bus, Addresses.TASK_FINISH, this::finish),
                        serve(bus, Addresses.TASK_HAND_BACK, this::handBack),
                        serve(bus, Addresses.TASK_LOSE, this::lose),
                        serve(bus, Addresses.TASK_ATTEMPTS, this::attempts),
                        serve(bus, Addresses.TASK_CHECK, this::check),
                        serve(bus, Addresses.TASK_WAITING, find -> new WaitingFound(waiting(find.after(), find.limit()))),
                        serve(bus, Addresses.TASK_RUNNING, find -> new RunningFound(running(find.after(), find.limit()))),
                        serve(bus, Addresses.RECONCILE_TURN, take -> new ReconcileTurnTaken(turnOurs))))
                .await();
    }

    private <Q extends BusMessage, R extends BusMessage> Future<Void> serve(
            Bus bus, Operation<Q, R> operation, Function<Q, R> answer) {
        return bus.serve(operation, request -> {
            synchronized (this) {
                if (away) {
                    return Future.failedFuture(new RefusedException(ErrorCode.UNAVAILABLE, "the store is away"));
                }
                R reply = answer.apply(request);
                notifyAll();
                return operation.equals(Addresses.TASK_CLAIM)
                        ? claimsAnswered.map(reply)
                        : Future.succeededFuture(reply);
            }
        });
    }

    /** Keeps the answers to claims back until the promise is completed. */
    synchronized Promise<Void> holdClaims() {
        Promise<Void> go = Promise.promise();
        claimsAnswered = go.future();
        return go;
    }

    /** Cuts the store off, or brings it back. */
    synchronized void setAway(boolean isAway) {
        away = isAway;
    }

    /** Gives the turn to reconcile to another node, or back. */
    synchronized void setTurnOurs(boolean ours) {
        turnOurs = ours;
    }

    /** Happens before each answer to a reaper that asks which attempts were lost. */
    synchronized void beforeAttempts(Runnable event) {
        beforeAttempts = event;
    }

    /** Stores a task and hints the queue about it. */
    UUID submit(Bus bus, TaskSpec spec) {
        UUID id = insert(spec);
        bus.publish(Addresses.QUEUE_OFFER, new OfferTasks(List.of(entry(id))));
        return id;
    }

    /** Stores a task that no queue has heard of. */
    synchronized UUID insert(TaskSpec spec) {
        UUID id = UUID.randomUUID();
        rows.put(id, new Row(id, spec, clock.instant()));
        return id;
    }

    /** Stores a task that {@code node} runs. */
    synchronized UUID insertRunning(TaskSpec spec, String node) {
        UUID id = insert(spec);
        Row row = rows.get(id);
        row.state = TaskState.RUNNING;
        row.attempt = 1;
        row.node = node;
        return id;
    }

    synchronized QueueEntry entry(UUID id) {
        return rows.get(id).entry();
    }

    /** A task as it stood when somebody looked. */
    record Snapshot(TaskState state, int attempt, int retries, int crashes, Instant nextRunAt, List<Outcome> outcomes) {}

    synchronized Snapshot look(UUID id) {
        Row row = rows.get(id);
        return new Snapshot(
                row.state, row.attempt, row.retries, row.crashes, row.nextRunAt, List.copyOf(row.outcomes));
    }

    synchronized void change(UUID id, Consumer<Row> change) {
        change.accept(rows.get(id));
    }

    synchronized long running() {
        return rows.values().stream().filter(row -> row.state == TaskState.RUNNING).count();
    }

    /** Bytes that running tasks were allowed at most, at any time. */
    synchronized long mostMemory() {
        return mostMemory;
    }

    synchronized List<UUID> claimedInOrder() {
        return List.copyOf(claimedInOrder);
    }

    /** Waits until the task is as described. */
    void await(UUID id, Predicate<Row> condition) {
        awaitAll(all -> condition.test(all.get(id)));
    }

    synchronized void awaitAll(Predicate<Map<UUID, Row>> condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.test(rows)) {
            long leftMs = (end - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0) {
                throw new AssertionError("the store did not get there: " + states());
            }
            try {
                wait(leftMs);
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
    }

    void awaitState(UUID id, TaskState state) {
        await(id, row -> row.state == state);
    }

    private String states() {
        Map<TaskState, Integer> counts = new TreeMap<>();
        rows.values().forEach(row -> counts.merge(row.state, 1, Integer::sum));
        return counts.toString();
    }

    private TasksClaimed claim(ClaimTasks request) {
        List<ClaimedTask> claimed = new ArrayList<>();
        List<QueueEntry> waiting = new ArrayList<>();
        List<Unfit> unfit = new ArrayList<>();
        long needed = 0;
        boolean crashed = false;
        Instant now = clock.instant();
        for (UUID id : request.taskIds()) {
            Row row = rows.get(id);
            if (row != null && row.unclaimable) {
                throw new IllegalStateException("a row that cannot be read");
            }
        }
        for (UUID id : request.taskIds()) {
            Row row = rows.get(id);
            if (row == null || !row.state.isWaiting()) {
                continue;
            }
            boolean hasCrashed = row.crashes > 0;
            if (row.nextRunAt.isAfter(now) || crashed && hasCrashed) {
                waiting.add(row.entry());
                continue;
            }
            crashed |= hasCrashed;
            long memoryBytes = row.spec.memoryBytes();
            if (memoryBytes <= request.wholeBytes()) {
                needed += memoryBytes;
            }
            if (memoryBytes > request.wholeBytes() || needed > request.freeBytes()) {
                unfit.add(new Unfit(id, memoryBytes));
                continue;
            }
            row.state = TaskState.RUNNING;
            row.attempt++;
            row.node = request.node();
            claimed.add(new ClaimedTask(id, 1, row.spec, row.attempt, row.retries, row.crashes, 0));
        }
        claimed.forEach(task -> claimedInOrder.add(task.taskId()));
        mostMemory = Math.max(mostMemory, runningMemory());
        return new TasksClaimed(claimed, waiting, unfit);
    }

    private long runningMemory() {
        return rows.values().stream()
                .filter(row -> row.state == TaskState.RUNNING)
                .mapToLong(row -> row.spec.memoryBytes())
                .reduce(0, Math::addExact);
    }

    private AttemptFinished finish(FinishAttempt request) {
        Row row = rows.get(request.taskId());
        if (row.state != TaskState.RUNNING || row.attempt != request.attempt()) {
            return new AttemptFinished(false, row.state, row.nextRunAt);
        }
        if (row.outputUnstorable && !request.report().stdout().bytes().isEmpty()) {
            throw new IllegalStateException("output that cannot be kept");
        }
        row.outcomes.add(request.report().outcome());
        row.state = switch (request.settlement()) {
            case Settlement.End(TaskState state) -> row.cancelRequested ? TaskState.CANCELLED : state;
            case Settlement.Retry(Duration delay) -> {
                row.retries++;
                row.nextRunAt = clock.instant().plus(delay);
                yield row.cancelRequested ? TaskState.CANCELLED : TaskState.RETRYING;
            }
            case Settlement.Postpone(Duration delay) -> {
                row.nextRunAt = clock.instant().plus(delay);
                yield row.cancelRequested ? TaskState.CANCELLED : TaskState.RETRYING;
            }
        };
        if (row.state.isTerminal()) {
            row.result = request.report();
        }
        return new AttemptFinished(true, row.state, row.nextRunAt);
    }

    private AttemptFinished handBack(HandBackTask request) {
        Row row = rows.get(request.taskId());
        boolean accepted = row.state == TaskState.RUNNING && row.attempt == request.attempt();
        if (accepted) {
            row.state = TaskState.QUEUED;
        }
        return new AttemptFinished(accepted, row.state, row.nextRunAt);
    }

    private RunningFound attempts(FindAttempts request) {
        beforeAttempts.run();
        return new RunningFound(running(null, Integer.MAX_VALUE).stream()
                .filter(task -> request.taskIds().contains(task.taskId()))
                .toList());
    }

    private TasksRequeued lose(LoseTasks request) {
        losses.add(request);
        List<QueueEntry> entries = new ArrayList<>();
        for (LostLease lease : request.leases()) {
            Row row = rows.get(lease.taskId());
            if (row != null && row.state == TaskState.RUNNING && lease.node().equals(row.node) && lease.attempt() == row.attempt) {
                row.crashes++;
                row.state = TaskState.QUEUED;
            }
            if (row != null && row.state.isWaiting()) {
                entries.add(row.entry());
            }
        }
        return new TasksRequeued(entries);
    }

    private List<QueueEntry> waiting(@Nullable UUID after, int limit) {
        return rows.values().stream()
                .filter(row -> row.state.isWaiting() && isAfter(row.id, after))
                .limit(limit)
                .map(Row::entry)
                .toList();
    }

    private List<RunningTask> running(@Nullable UUID after, int limit) {
        return rows.values().stream()
                .filter(row -> row.state == TaskState.RUNNING && isAfter(row.id, after))
                .limit(limit)
                .map(row -> new RunningTask(row.id, row.attempt, String.valueOf(row.node)))
                .toList();
    }

    private AttemptsChecked check(CheckAttempts request) {
        List<UUID> cancelled = new ArrayList<>();
        List<UUID> stale = new ArrayList<>();
        for (CheckAttempts.Held held : request.attempts()) {
            Row row = rows.get(held.taskId());
            if (row.state != TaskState.RUNNING || row.attempt != held.attempt()) {
                stale.add(row.id);
            } else if (row.cancelRequested) {
                cancelled.add(row.id);
            }
        }
        return new AttemptsChecked(cancelled, stale);
    }

    private static boolean isAfter(UUID id, @Nullable UUID after) {
        return after == null || id.compareTo(after) > 0;
    }
}
