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
import io.zerostate.task.Task;
import io.zerostate.task.TaskResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tasks, their attempts and their results: the truth. Each method that changes something is one atomic step, conditional on the
 * state and the attempt that it expects, and durable when its future completes. All times are of the store's clock.
 *
 * <p>Safe from any thread. Answers on the caller's context. Fails with {@link io.zerostate.task.RefusedException}: {@code UNAVAILABLE}
 * when the store cannot be reached (whether a change took effect is not known then), or the reasons that a method lists.
 */
public interface TaskStore {
    /**
     * Accepts new tasks.
     *
     * @return one answer per submission, in their order
     */
    Future<List<SubmitAnswer>> submit(List<Submission> submissions);

    /**
     * Looks for tasks that were accepted before with the same id or idempotency key, and stores nothing.
     *
     * @return one answer per submission, in their order: what {@link #submit} would answer, empty where it would store a new task
     */
    Future<List<Optional<SubmitAnswer>>> findRepeated(List<Submission> submissions);

    /**
     * Starts an attempt of each of these tasks that waits, is due and fits; of those that have crashed a node, of one at most. Each goes to one
     * caller only.
     */
    Future<ClaimAnswer> claim(ClaimTasks request);

    /**
     * Ends attempts as their reports say, or as cancelled where a cancel was accepted before.
     *
     * @return one answer per report, in their order
     */
    Future<List<FinishAnswer>> finish(List<FinishAttempt> reports);

    /** Puts a running task back in line; counts neither retry nor crash. Ends it where a cancel was accepted before. */
    Future<FinishAnswer> handBack(UUID taskId, int attempt);

    /**
     * Counts a crash of each of these tasks that still runs under the attempt that its node lost, and puts it back in line, or ends it: as failed
     * ({@code lost}) at {@code maxCrashes}, as cancelled where a cancel was accepted before.
     */
    Future<LoseAnswer> lose(List<LostLease> leases, int maxCrashes);

    /**
     * Cancels a waiting task, or marks a running one as to be stopped.
     *
     * @return the task, cancelled or running; refuses with {@code TASK_NOT_FOUND} or {@code TASK_FINISHED}
     */
    Future<Task> cancel(long tenantId, UUID taskId);

    /**
     * Makes a waiting task due, at the head of the line.
     *
     * @return the task; refuses with {@code TASK_NOT_FOUND}, {@code TASK_RUNNING} or {@code TASK_FINISHED}
     */
    Future<Task> promote(long tenantId, UUID taskId);

    /** The task with all its attempts; refuses with {@code TASK_NOT_FOUND}. */
    Future<TaskFound> find(long tenantId, UUID taskId);

    /** Tasks by descending id, with empty stdin. */
    Future<List<Task>> list(ListTasks query);

    /** Refuses with {@code TASK_NOT_FOUND}, or {@code TASK_NOT_FINISHED}. */
    Future<TaskResult> findResult(long tenantId, UUID taskId);

    /**
     * Results by descending task id, with only the beginning of each output, see {@link io.zerostate.bus.ResultPage}.
     *
     * @param agentId null for any
     * @param before only tasks with a lower id, null for all
     */
    Future<List<TaskResult>> listResults(long tenantId, @Nullable UUID agentId, @Nullable UUID before, int limit);

    /** How many tasks wait and run. Reads each of them. */
    Future<TasksCounted> count(long tenantId);

    /** How many tasks of each tenant that has any wait or run. Reads each of them. */
    Future<Map<Long, Long>> countUnfinished();

    /** Waiting tasks of all tenants by ascending id, after {@code after}. */
    Future<List<QueueEntry>> waiting(@Nullable UUID after, int limit);

    /** Running tasks of all tenants by ascending id, after {@code after}. */
    Future<List<RunningTask>> running(@Nullable UUID after, int limit);

    /** Those of these tasks that run. */
    Future<List<RunningTask>> running(List<UUID> taskIds);

    /** Which of these attempts are over, and which of the others are to be cancelled. */
    Future<AttemptsChecked> check(List<CheckAttempts.Held> attempts);

    /** Completes when the store can be reached. */
    Future<Void> check();
}
