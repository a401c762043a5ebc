package io.zerostate.task;

import static io.zerostate.task.TaskState.CANCELLED;
import static io.zerostate.task.TaskState.COMPLETED;
import static io.zerostate.task.TaskState.FAILED;
import static io.zerostate.task.TaskState.QUEUED;
import static io.zerostate.task.TaskState.RETRYING;
import static io.zerostate.task.TaskState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TaskStateTest {
    /** The picture in the design, written down a second time. */
    private static final Map<TaskState, Set<TaskState>> TABLE = Map.of(
            QUEUED, Set.of(RUNNING, CANCELLED),
            RUNNING, Set.of(COMPLETED, FAILED, RETRYING, QUEUED, CANCELLED),
            RETRYING, Set.of(RUNNING, CANCELLED),
            COMPLETED, Set.of(),
            FAILED, Set.of(),
            CANCELLED, Set.of());

    @ParameterizedTest
    @EnumSource
    void onlyTheTransitionsOfTheTableExist(TaskState from) {
        for (TaskState to : TaskState.values()) {
            assertThat(from.canBecome(to)).as("%s -> %s", from, to).isEqualTo(TABLE.get(from).contains(to));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTaskWaitsRunsOrHasEnded(TaskState state) {
        boolean running = state == RUNNING;
        assertThat(state.isWaiting() ^ running ^ state.isTerminal()).isTrue();
        assertThat(state.isWaiting() && state.isTerminal()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void fromEveryStateAnEndCanBeReached(TaskState state) {
        assertThat(state.isTerminal() || state.canBecome(CANCELLED)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void whatSuccessorsAnswersCanBeChangedWithoutHarm(TaskState state) {
        state.successors().clear();
        assertThat(state.successors()).isEqualTo(TABLE.get(state));
    }

    @ParameterizedTest
    @EnumSource
    void wireNamesAreReadBack(TaskState state) {
        assertThat(TaskState.ofWireName(state.wireName())).isEqualTo(state);
        assertThat(state.wireName()).isLowerCase();
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        assertThatThrownBy(() -> TaskState.ofWireName("paused")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void messagesSayWhyATaskWaitsOrFailed() {
        Failure trap = new Failure(ErrorCode.TRAP, "unreachable");
        assertThat(QUEUED.message(0, null)).isEqualTo("Waiting for a worker");
        assertThat(QUEUED.message(1, null)).isEqualTo("Back in line after attempt 1");
        assertThat(RUNNING.message(2, null)).isEqualTo("Attempt 2 is running");
        assertThat(RETRYING.message(2, trap)).isEqualTo("Waiting to try again after attempt 2: unreachable");
        assertThat(FAILED.message(4, trap)).isEqualTo("Failed: unreachable");
        assertThat(COMPLETED.message(1, null)).isEqualTo("Completed");
        assertThat(CANCELLED.message(0, null)).isEqualTo("Cancelled");
    }

    @Test
    void progressNeverGoesBeyondItsState() {
        assertThat(QUEUED.progress()).isZero();
        assertThat(RETRYING.progress()).isZero();
        assertThat(RUNNING.progress()).isBetween(1, 99);
        assertThat(COMPLETED.progress()).isEqualTo(100);
        assertThat(FAILED.progress()).isEqualTo(100);
        assertThat(CANCELLED.progress()).isEqualTo(100);
    }
}
