package io.zerostate.result;

import io.vertx.core.Future;
import io.zerostate.bus.AttemptFinished;
import io.zerostate.bus.ClaimTasks;
import io.zerostate.bus.FinishAttempt;
import io.zerostate.bus.HandBackTask;
import io.zerostate.bus.LoseTasks;
import io.zerostate.bus.QueueEntry;
import io.zerostate.bus.TasksClaimed;
import io.zerostate.bus.TasksRequeued;
import io.zerostate.metrics.TaskMetrics;
import io.zerostate.result.ClaimAnswer.Claim;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.Failure;
import io.zerostate.task.RefusedException;
import io.zerostate.task.RunReport;
import io.zerostate.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What the queue reports: attempts begin, end, are handed back or lost. */
final class Attempts {
    private static final int MAX_ITEMS = 256;
    private static final long MAX_BYTES = 8L * 1024 * 1024;

    /** As long as a statement takes, about. With it a program of one millisecond costs PostgreSQL half as much. */
    private static final long PAUSE_MS = 5;

    private final TaskStore store;
    private final TaskNews news;
    private final TaskMetrics metrics;
    private final Batcher<FinishAttempt, FinishAnswer> reports;

    /** @param loop the event loop on which all calls are made */
    Attempts(TaskStore store, TaskNews news, TaskMetrics metrics, Batcher.Loop loop) {
        this.store = store;
        this.news = news;
        this.metrics = metrics;
        this.reports =
                new Batcher<>(loop, PAUSE_MS, new Batcher.Bounds<>(MAX_ITEMS, MAX_BYTES, Attempts::bytes), this::finishAll);
    }

    Future<TasksClaimed> claim(ClaimTasks request) {
        return store.claim(request).map(answer -> {
            news.changed(answer.claims().stream().map(Claim::change).toList());
            answer.claims().forEach(claim ->
                    metrics.attemptStarted(Duration.ofMillis(claim.task().queueMs())));
            return new TasksClaimed(
                    answer.claims().stream().map(Claim::task).toList(), answer.waiting(), answer.unfit());
        });
    }

    Future<AttemptFinished> finish(FinishAttempt report) {
        return reports.add(report).compose(answer -> reply(answer, report.taskId(), report.attempt()));
    }

    private Future<List<FinishAnswer>> finishAll(List<FinishAttempt> batch) {
        return store.finish(batch).onSuccess(answers -> {
            List<TaskChange> changes = new ArrayList<>();
            for (int i = 0; i < batch.size(); i++) {
                if (answers.get(i) instanceof FinishAnswer.Stored(TaskChange change)) {
                    changes.add(change);
                    metrics.attemptEnded(outcome(change, batch.get(i)));
                }
            }
            news.changed(changes);
        });
    }

    Future<AttemptFinished> handBack(HandBackTask request) {
        return store.handBack(request.taskId(), request.attempt()).compose(answer -> {
            if (answer instanceof FinishAnswer.Stored(TaskChange change)) {
                metrics.attemptEnded("handed_back");
                news.changed(List.of(change));
            }
            return reply(answer, request.taskId(), request.attempt());
        });
    }

    Future<TasksRequeued> lose(LoseTasks request, int maxCrashes) {
        return store.lose(request.leases(), maxCrashes).map(answer -> {
            answer.changes().forEach(change -> metrics.attemptEnded(ErrorCode.LOST.kind()));
            news.changed(answer.changes());
            List<QueueEntry> entries = new ArrayList<>(answer.waiting());
            answer.changes().stream()
                    .filter(change -> change.state().isWaiting())
                    .map(TaskChange::queueEntry)
                    .forEach(entries::add);
            return new TasksRequeued(entries);
        });
    }

    private Future<AttemptFinished> reply(FinishAnswer answer, UUID taskId, int attempt) {
        return switch (answer) {
            case FinishAnswer.Stored(TaskChange change) ->
                Future.succeededFuture(new AttemptFinished(true, change.state(), change.nextRunAt()));
            case FinishAnswer.Stale(TaskState state, Instant nextRunAt) -> {
                news.finishRefused(taskId, attempt);
                yield Future.succeededFuture(new AttemptFinished(false, state, nextRunAt));
            }
            case FinishAnswer.Unknown() ->
                Future.failedFuture(
                        new RefusedException(ErrorCode.TASK_NOT_FOUND, "There is no task " + taskId));
        };
    }

    private static String outcome(TaskChange change, FinishAttempt report) {
        Failure failure = change.failure() == null ? report.report().outcome().failure() : change.failure();
        return failure == null ? TaskState.COMPLETED.wireName() : failure.code().kind();
    }

    private static long bytes(FinishAttempt finish) {
        RunReport report = finish.report();
        return (long) report.stdout().bytes().length() + report.stderr().bytes().length();
    }
}
