package io.zerostate.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerostate.bus.ClaimTasks;
import io.zerostate.bus.LoseTasks.LostLease;
import io.zerostate.task.Task;
import io.zerostate.task.TaskState;
import io.zerostate.task.Tenant;
import io.vertx.core.Future;
import io.zerostate.postgres.Answers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is tried in whatever state: only the transitions of the domain's table happen. */
abstract class TransitionContract extends TaskStoreContract {
    /** Something that may be tried on a task whose current attempt is {@code attempt}. */
    private enum Step {
        CLAIM,
        SUCCEED,
        FAIL,
        RETRY,
        HAND_BACK,
        LOSE,
        LOSE_FOR_GOOD,
        CANCEL,
        PROMOTE
    }

    static Stream<Arguments> everyStepInEveryState() {
        return Stream.of(TaskState.values())
                .flatMap(state -> Stream.of(Step.values()).map(step -> Arguments.of(state, step)));
    }

    @ParameterizedTest
    @MethodSource("everyStepInEveryState")
    void aStepGoesWhereTheTableSaysOrNowhere(TaskState from, Step step) {
        UUID taskId = taskIn(from);
        Task before = task(taskId);
        Answers.of(tryStep(step, taskId, before.progress().attempt()).transform(ignored -> Future.succeededFuture()));
        Task after = task(taskId);
        assertThat(after.state()).isEqualTo(expected(from, step));
        if (after.state() == from) {
            assertThat(after.progress().seq()).as("no event").isEqualTo(before.progress().seq());
        } else {
            assertThat(from.canBecome(after.state())).isTrue();
            assertThat(after.progress().seq()).as("one event").isEqualTo(before.progress().seq() + 1);
        }
        assertThat(after.progress().attempt()).isGreaterThanOrEqualTo(before.progress().attempt());
        assertThat(hasResult(taskId)).isEqualTo(after.state().isTerminal());
    }

    private Future<?> tryStep(Step step, UUID taskId, int attempt) {
        List<LostLease> lease = List.of(new LostLease(taskId, NODE, 1));
        return switch (step) {
            case CLAIM -> store().claim(new ClaimTasks(NODE, List.of(taskId)));
            case SUCCEED -> store().finish(List.of(Samples.success(taskId, attempt)));
            case FAIL -> store().finish(List.of(Samples.failure(taskId, attempt)));
            case RETRY -> store().finish(List.of(Samples.retry(taskId, attempt, Duration.ZERO)));
            case HAND_BACK -> store().handBack(taskId, attempt);
            case LOSE -> store().lose(lease, MAX_CRASHES);
            case LOSE_FOR_GOOD -> store().lose(lease, 1);
            case CANCEL -> store().cancel(Tenant.DEFAULT_ID, taskId);
            case PROMOTE -> store().promote(Tenant.DEFAULT_ID, taskId);
        };
    }

    private static TaskState expected(TaskState from, Step step) {
        if (from.isWaiting()) {
            return switch (step) {
                case CLAIM -> TaskState.RUNNING;
                case CANCEL -> TaskState.CANCELLED;
                case SUCCEED, FAIL, RETRY, HAND_BACK, LOSE, LOSE_FOR_GOOD, PROMOTE -> from;
            };
        }
        if (from == TaskState.RUNNING) {
            return switch (step) {
                case SUCCEED -> TaskState.COMPLETED;
                case FAIL, LOSE_FOR_GOOD -> TaskState.FAILED;
                case RETRY -> TaskState.RETRYING;
                case HAND_BACK, LOSE -> TaskState.QUEUED;
                case CLAIM, CANCEL, PROMOTE -> from;
            };
        }
        return from;
    }

    private boolean hasResult(UUID taskId) {
        return Answers.of(store().findResult(Tenant.DEFAULT_ID, taskId)
                .transform(result -> Future.succeededFuture(result.succeeded())));
    }
}
