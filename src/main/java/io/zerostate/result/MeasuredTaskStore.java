package io.zerostate.result;

import io.vertx.core.Future;
import io.zerostate.bus.AttemptsChecked;
import io.zerostate.bus.CheckAttempts;
import io.zerostate.bus.ClaimTasks;
import io.zerostate.bus.FinishAttempt;
import io.zerostate.bus.ListTasks;
import io.zerostate.bus.LoseTasks.LostLease;
import io.zerostate.bus.QueueEntry;
import io.zerostate.bus.RunningFound.RunningTask;
import io.zerostate.bus.Submission;
import io.zerostate.bus.TaskFound;
import io.zerostate.bus.TasksCounted;
import io.zerostate.metrics.TaskMetrics;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.RefusedException;
import io.zerostate.task.Task;
import io.zerostate.task.TaskResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Times each call of another store. */
final class MeasuredTaskStore implements TaskStore {
    private final TaskStore store;
    private final TaskMetrics metrics;

    MeasuredTaskStore(TaskStore store, TaskMetrics metrics) {
        this.store = store;
        this.metrics = metrics;
    }

    private <T> Future<T> timed(String operation, Future<T> answer) {
        long start = System.nanoTime();
        return answer.onComplete(result -> metrics.statement(
                operation, outcome(result.cause()), Duration.ofNanos(System.nanoTime() - start)));
    }

    private static String outcome(@Nullable Throwable failure) {
        if (failure == null) {
            return "ok";
        }
        return (failure instanceof RefusedException refused ? refused.code() : ErrorCode.INTERNAL).kind();
    }

    @Override
    public Future<List<SubmitAnswer>> submit(List<Submission> submissions) {
        return timed("submit", store.submit(submissions));
    }

    @Override
    public Future<List<Optional<SubmitAnswer>>> findRepeated(List<Submission> submissions) {
        return timed("find_repeated", store.findRepeated(submissions));
    }

    @Override
    public Future<ClaimAnswer> claim(ClaimTasks request) {
        return timed("claim", store.claim(request));
    }

    @Override
    public Future<List<FinishAnswer>> finish(List<FinishAttempt> reports) {
        return timed("finish", store.finish(reports));
    }

    @Override
    public Future<FinishAnswer> handBack(UUID taskId, int attempt) {
        return timed("hand_back", store.handBack(taskId, attempt));
    }

    @Override
    public Future<LoseAnswer> lose(List<LostLease> leases, int maxCrashes) {
        return timed("lose", store.lose(leases, maxCrashes));
    }

    @Override
    public Future<Task> cancel(long tenantId, UUID taskId) {
        return timed("cancel", store.cancel(tenantId, taskId));
    }

    @Override
    public Future<Task> promote(long tenantId, UUID taskId) {
        return timed("promote", store.promote(tenantId, taskId));
    }

    @Override
    public Future<TaskFound> find(long tenantId, UUID taskId) {
        return timed("find", store.find(tenantId, taskId));
    }

    @Override
    public Future<List<Task>> list(ListTasks query) {
        return timed("list", store.list(query));
    }

    @Override
    public Future<TaskResult> findResult(long tenantId, UUID taskId) {
        return timed("find_result", store.findResult(tenantId, taskId));
    }

    @Override
    public Future<List<TaskResult>> listResults(
            long tenantId, @Nullable UUID agentId, @Nullable UUID before, int limit) {
        return timed("list_results", store.listResults(tenantId, agentId, before, limit));
    }

    @Override
    public Future<TasksCounted> count(long tenantId) {
        return timed("count", store.count(tenantId));
    }

    @Override
    public Future<Map<Long, Long>> countUnfinished() {
        return timed("count_unfinished", store.countUnfinished());
    }

    @Override
    public Future<List<QueueEntry>> waiting(@Nullable UUID after, int limit) {
        return timed("waiting", store.waiting(after, limit));
    }

    @Override
    public Future<List<RunningTask>> running(@Nullable UUID after, int limit) {
        return timed("running", store.running(after, limit));
    }

    @Override
    public Future<List<RunningTask>> running(List<UUID> taskIds) {
        return timed("attempts", store.running(taskIds));
    }

    @Override
    public Future<AttemptsChecked> check(List<CheckAttempts.Held> attempts) {
        return timed("check", store.check(attempts));
    }

    @Override
    public Future<Void> check() {
        return timed("check", store.check());
    }
}
