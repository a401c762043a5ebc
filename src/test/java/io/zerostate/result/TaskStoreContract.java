package io.zerostate.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerostate.bus.ClaimTasks;
import io.zerostate.bus.ClaimedTask;
import io.zerostate.bus.FinishAttempt;
import io.zerostate.bus.LoseTasks.LostLease;
import io.zerostate.bus.Submission;
import io.zerostate.postgres.Answers;
import io.zerostate.result.ClaimAnswer.Claim;
import io.zerostate.task.Task;
import io.zerostate.task.TaskState;
import io.zerostate.task.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** What every part of the suite uses that each adapter of {@link TaskStore} has to pass. Tests share one store, and own their tasks. */
abstract class TaskStoreContract {
    static final String NODE = "node-1";
    static final int MAX_CRASHES = 3;

    abstract TaskStore store();

    UUID submitted() {
        return submitted(Samples.submission());
    }

    UUID submitted(Submission submission) {
        SubmitAnswer answer = Answers.of(store().submit(List.of(submission))).getFirst();
        assertThat(answer).isInstanceOf(SubmitAnswer.Accepted.class);
        return submission.taskId();
    }

    ClaimedTask claimed(UUID taskId) {
        return claim(taskId, NODE).task();
    }

    Claim claim(UUID taskId, String node) {
        ClaimAnswer answer = Answers.of(store().claim(new ClaimTasks(node, List.of(taskId))));
        assertThat(answer.claims()).as("claims").hasSize(1);
        return answer.claims().getFirst();
    }

    boolean isClaimable(UUID taskId) {
        return !Answers.of(store().claim(new ClaimTasks(NODE, List.of(taskId)))).claims().isEmpty();
    }

    FinishAnswer finish(FinishAttempt report) {
        return Answers.of(store().finish(List.of(report))).getFirst();
    }

    TaskChange finished(FinishAttempt report) {
        FinishAnswer answer = finish(report);
        assertThat(answer).isInstanceOf(FinishAnswer.Stored.class);
        return ((FinishAnswer.Stored) answer).change();
    }

    LoseAnswer lost(UUID taskId, String node) {
        return Answers.of(store().lose(List.of(new LostLease(taskId, node, task(taskId).progress().attempt())), MAX_CRASHES));
    }

    Task task(UUID taskId) {
        return Answers.of(store().find(Tenant.DEFAULT_ID, taskId)).task();
    }

    TaskState state(UUID taskId) {
        return task(taskId).state();
    }

    /** A task in {@code state}, running or ended by attempt 1 where it needs one. */
    UUID taskIn(TaskState state) {
        UUID taskId = submitted();
        switch (state) {
            case QUEUED -> {}
            case RUNNING -> claimed(taskId);
            case RETRYING -> {
                claimed(taskId);
                finished(Samples.retry(taskId, 1, Duration.ZERO));
            }
            case COMPLETED -> {
                claimed(taskId);
                finished(Samples.success(taskId, 1));
            }
            case FAILED -> {
                claimed(taskId);
                finished(Samples.failure(taskId, 1));
            }
            case CANCELLED -> Answers.of(store().cancel(Tenant.DEFAULT_ID, taskId));
        }
        assertThat(state(taskId)).isEqualTo(state);
        return taskId;
    }
}
