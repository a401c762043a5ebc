package io.zerostate.result.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
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
import io.zerostate.postgres.Database;
import io.zerostate.result.ClaimAnswer;
import io.zerostate.result.FinishAnswer;
import io.zerostate.result.LoseAnswer;
import io.zerostate.result.SubmitAnswer;
import io.zerostate.result.TaskStore;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.RefusedException;
import io.zerostate.task.Task;
import io.zerostate.task.TaskResult;
import io.zerostate.task.TaskState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps tasks in PostgreSQL (15 or later). The schema has to be there, see {@link io.zerostate.postgres.Migrations}. */
public final class PostgresTaskStore implements TaskStore {
    private final Database database;

    /** The pool stays the caller's to close. */
    public PostgresTaskStore(Pool pool) {
        this.database = new Database(pool);
    }

    @Override
    public Future<List<SubmitAnswer>> submit(List<Submission> submissions) {
        return new SubmitStatement(database).run(submissions);
    }

    @Override
    public Future<List<Optional<SubmitAnswer>>> findRepeated(List<Submission> submissions) {
        return new SubmitStatement(database).findRepeated(submissions);
    }

    @Override
    public Future<ClaimAnswer> claim(ClaimTasks request) {
        return new ClaimStatement(database).run(request);
    }

    @Override
    public Future<List<FinishAnswer>> finish(List<FinishAttempt> reports) {
        return new FinishStatement(database).run(reports);
    }

    @Override
    public Future<FinishAnswer> handBack(UUID taskId, int attempt) {
        return new HandBackStatement(database).run(taskId, attempt);
    }

    @Override
    public Future<LoseAnswer> lose(List<LostLease> leases, int maxCrashes) {
        return new LoseStatement(database).run(leases, maxCrashes);
    }

    @Override
    public Future<Task> cancel(long tenantId, UUID taskId) {
        return new CancelStatement(database)
                .run(tenantId, taskId)
                .compose(cancelled -> orElse(cancelled, tenantId, taskId, state -> switch (state) {
                    case COMPLETED, FAILED, CANCELLED -> finished(taskId, state);
                    // It was submitted between the two statements, by an id that somebody knew before.
                    case QUEUED, RUNNING, RETRYING -> cancel(tenantId, taskId);
                }));
    }

    @Override
    public Future<Task> promote(long tenantId, UUID taskId) {
        return new PromoteStatement(database)
                .run(tenantId, taskId)
                .compose(promoted -> orElse(promoted, tenantId, taskId, state -> switch (state) {
                    case COMPLETED, FAILED, CANCELLED -> finished(taskId, state);
                    case RUNNING ->
                        Future.failedFuture(
                                new RefusedException(ErrorCode.TASK_RUNNING, "Task " + taskId + " is running"));
                    // Its attempt ended between the two statements.
                    case QUEUED, RETRYING -> promote(tenantId, taskId);
                }));
    }

    @Override
    public Future<TaskFound> find(long tenantId, UUID taskId) {
        return new FindStatement(database)
                .run(tenantId, taskId)
                .map(found -> found.orElseThrow(
                        () -> new RefusedException(ErrorCode.TASK_NOT_FOUND, "There is no task " + taskId)));
    }

    @Override
    public Future<List<Task>> list(ListTasks query) {
        return new ListStatement(database).run(query);
    }

    @Override
    public Future<TaskResult> findResult(long tenantId, UUID taskId) {
        return new ResultStatements(database).find(tenantId, taskId);
    }

    @Override
    public Future<List<TaskResult>> listResults(
            long tenantId, @Nullable UUID agentId, @Nullable UUID before, int limit) {
        return new ResultStatements(database).list(tenantId, agentId, before, limit);
    }

    @Override
    public Future<TasksCounted> count(long tenantId) {
        return new PageStatements(database).count(tenantId);
    }

    @Override
    public Future<Map<Long, Long>> countUnfinished() {
        return new PageStatements(database).countUnfinished();
    }

    @Override
    public Future<List<QueueEntry>> waiting(@Nullable UUID after, int limit) {
        return new PageStatements(database).waiting(after, limit);
    }

    @Override
    public Future<List<RunningTask>> running(@Nullable UUID after, int limit) {
        return new PageStatements(database).running(after, limit);
    }

    @Override
    public Future<List<RunningTask>> running(List<UUID> taskIds) {
        return new PageStatements(database).running(taskIds);
    }

    @Override
    public Future<AttemptsChecked> check(List<CheckAttempts.Held> attempts) {
        return new CheckStatement(database).run(attempts);
    }

    @Override
    public Future<Void> check() {
        return database.run("SELECT 1", Tuple.tuple()).mapEmpty();
    }

    /** Where nothing was changed, goes on by the state that the task is in. */
    private Future<Task> orElse(
            Optional<Task> changed, long tenantId, UUID taskId, Function<TaskState, Future<Task>> otherwise) {
        return changed.map(Future::succeededFuture)
                .orElseGet(() -> find(tenantId, taskId)
                        .compose(found -> otherwise.apply(found.task().state())));
    }

    private static Future<Task> finished(UUID taskId, TaskState state) {
        return Future.failedFuture(
                new RefusedException(ErrorCode.TASK_FINISHED, "Task " + taskId + " is " + state.wireName()));
    }
}
