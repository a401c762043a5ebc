package io.zerostate.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerostate.bus.AttemptsChecked;
import io.zerostate.bus.CheckAttempts.Held;
import io.zerostate.bus.QueueEntry;
import io.zerostate.postgres.Answers;
import io.zerostate.result.FinishAnswer.Stored;
import io.zerostate.task.CapturedOutput;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.Priority;
import io.zerostate.task.Task;
import io.zerostate.task.TaskResult;
import io.zerostate.task.TaskState;
import io.zerostate.task.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients can do to a task after it was accepted. */
abstract class CancelContract extends TaskStoreContract {
    private Task cancelled(UUID taskId) {
        return Answers.of(store().cancel(Tenant.DEFAULT_ID, taskId));
    }

    private TaskResult result(UUID taskId) {
        return Answers.of(store().findResult(Tenant.DEFAULT_ID, taskId));
    }

    @ParameterizedTest
    @EnumSource(names = {"QUEUED", "RETRYING"})
    void aWaitingTaskIsCancelledWithAnEmptyResult(TaskState state) {
        UUID taskId = taskIn(state);
        Task before = task(taskId);
        Task task = cancelled(taskId);
        assertThat(task.state()).isEqualTo(TaskState.CANCELLED);
        assertThat(task.progress().seq()).isEqualTo(before.progress().seq() + 1);
        assertThat(task).isEqualTo(task(taskId));
        TaskResult result = result(taskId);
        assertThat(result.failure().code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(result.stdout()).isEqualTo(CapturedOutput.NONE);
        assertThat(result.stderr()).isEqualTo(CapturedOutput.NONE);
        assertThat(result.exitCode()).isNull();
        assertThat(result.attempt()).isEqualTo(before.progress().attempt());
        assertThat(isClaimable(taskId)).isFalse();
    }

    @Test
    void whoRunsATaskIsToldThatItIsToBeCancelledOrIsOver() {
        UUID marked = taskIn(TaskState.RUNNING);
        cancelled(marked);
        UUID unmarked = taskIn(TaskState.RUNNING);
        UUID underALaterAttempt = taskIn(TaskState.RUNNING);
        UUID waiting = taskIn(TaskState.QUEUED);
        UUID ended = taskIn(TaskState.QUEUED);
        cancelled(ended);

        AttemptsChecked answer = Answers.of(store().check(List.of(
                new Held(marked, 1),
                new Held(unmarked, 1),
                new Held(underALaterAttempt, 0),
                new Held(waiting, 1),
                new Held(ended, 1))));

        assertThat(answer.cancelled()).containsExactly(marked);
        assertThat(answer.stale()).containsExactlyInAnyOrder(underALaterAttempt, waiting, ended);
    }

    @Test
    void aRunningTaskIsMarkedAndGoesOnUntilItIsStopped() {
        UUID taskId = taskIn(TaskState.RUNNING);
        Task task = cancelled(taskId);
        assertThat(task.state()).isEqualTo(TaskState.RUNNING);
        assertThat(task.progress().cancelRequested()).isTrue();
        assertThat(task.progress().seq()).as("no change of state, no event").isEqualTo(2);
        assertThat(cancelled(taskId).state()).as("again").isEqualTo(TaskState.RUNNING);
    }

    @Test
    void noSuccessFollowsAnAcknowledgedCancel() {
        UUID taskId = taskIn(TaskState.RUNNING);
        cancelled(taskId);
        TaskChange change = finished(Samples.success(taskId, 1));
        assertThat(change.state()).isEqualTo(TaskState.CANCELLED);
        assertThat(change.failure().code()).isEqualTo(ErrorCode.CANCELLED);
        TaskResult result = result(taskId);
        assertThat(result.failure().code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(result.exitCode()).isNull();
        assertThat(result.stdout()).as("what it wrote is kept").isEqualTo(Samples.SUCCESS.stdout());
    }

    @Test
    void noRetryFollowsAnAcknowledgedCancel() {
        UUID taskId = taskIn(TaskState.RUNNING);
        cancelled(taskId);
        finished(Samples.retry(taskId, 1, Duration.ZERO));
        Task task = task(taskId);
        assertThat(task.state()).isEqualTo(TaskState.CANCELLED);
        assertThat(task.progress().retries()).isZero();
    }

    @Test
    void aCancelledTaskThatIsHandedBackEnds() {
        UUID taskId = taskIn(TaskState.RUNNING);
        cancelled(taskId);
        assertThat(Answers.of(store().handBack(taskId, 1)))
                .isInstanceOfSatisfying(
                        Stored.class, stored -> assertThat(stored.change().state()).isEqualTo(TaskState.CANCELLED));
        assertThat(result(taskId).failure().code()).isEqualTo(ErrorCode.CANCELLED);
    }

    @Test
    void aCancelledTaskThatIsLostEnds() {
        UUID taskId = taskIn(TaskState.RUNNING);
        cancelled(taskId);
        assertThat(lost(taskId, NODE).changes().getFirst().state()).isEqualTo(TaskState.CANCELLED);
        assertThat(result(taskId).failure().code()).isEqualTo(ErrorCode.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "FAILED", "CANCELLED"})
    void anEndedTaskIsNeitherCancelledNorPromoted(TaskState state) {
        UUID taskId = taskIn(state);
        Task before = task(taskId);
        assertThat(Answers.refusalOf(store().cancel(Tenant.DEFAULT_ID, taskId))).isEqualTo(ErrorCode.TASK_FINISHED);
        assertThat(Answers.refusalOf(store().promote(Tenant.DEFAULT_ID, taskId))).isEqualTo(ErrorCode.TASK_FINISHED);
        assertThat(task(taskId)).isEqualTo(before);
    }

    @Test
    void aPromotedTaskIsDueAtTheHeadOfTheLine() {
        UUID taskId = submitted(Samples.submission(Priority.LOW, Instant.now().plus(1, ChronoUnit.DAYS)));
        Task task = Answers.of(store().promote(Tenant.DEFAULT_ID, taskId));
        assertThat(task.state()).isEqualTo(TaskState.QUEUED);
        assertThat(task.progress().nextRunAt()).isBeforeOrEqualTo(Instant.now());
        assertThat(task.progress().seq()).isEqualTo(1);
        QueueEntry entry = new QueueEntry(taskId, Priority.HEAD_OF_LINE, task.progress().nextRunAt());
        assertThat(Answers.of(store().waiting(null, 10_000))).contains(entry);
        assertThat(isClaimable(taskId)).isTrue();
    }

    @Test
    void aPromotedRetryRunsNow() {
        UUID taskId = taskIn(TaskState.RUNNING);
        finished(Samples.retry(taskId, 1, Duration.ofHours(1)));
        assertThat(Answers.of(store().promote(Tenant.DEFAULT_ID, taskId)).state()).isEqualTo(TaskState.RETRYING);
        assertThat(claimed(taskId).attempt()).isEqualTo(2);
    }

    @Test
    void aRunningTaskIsNotPromoted() {
        assertThat(Answers.refusalOf(store().promote(Tenant.DEFAULT_ID, taskIn(TaskState.RUNNING))))
                .isEqualTo(ErrorCode.TASK_RUNNING);
    }

    @Test
    void nobodyTouchesOrSeesAnotherTenantsTask() {
        UUID taskId = taskIn(TaskState.QUEUED);
        long stranger = 99;
        assertThat(Answers.refusalOf(store().cancel(stranger, taskId))).isEqualTo(ErrorCode.TASK_NOT_FOUND);
        assertThat(Answers.refusalOf(store().promote(stranger, taskId))).isEqualTo(ErrorCode.TASK_NOT_FOUND);
        assertThat(Answers.refusalOf(store().find(stranger, taskId))).isEqualTo(ErrorCode.TASK_NOT_FOUND);
        assertThat(Answers.refusalOf(store().findResult(stranger, taskId))).isEqualTo(ErrorCode.TASK_NOT_FOUND);
        assertThat(state(taskId)).isEqualTo(TaskState.QUEUED);
    }
}
