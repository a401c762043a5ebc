package io.zerostate.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SettlementTest {
    private static final RetryPolicy ONCE = new RetryPolicy(1, 500, 2, RetryPolicy.RETRYABLE);

    static Stream<Outcome> worthAnotherAttempt() {
        return Stream.of(
                new Outcome.Completed(1),
                new Outcome.Trapped("unreachable"),
                new Outcome.TimedOut(10),
                new Outcome.Lost("gone"));
    }

    static Stream<Outcome> sameAgain() {
        return Stream.of(
                new Outcome.Rejected("no _start"),
                new Outcome.MemoryExceeded(1),
                new Outcome.OutputExceeded(OutputStreamName.STDOUT, 1));
    }

    @Test
    void exitCodeZeroCompletesTheTask() {
        assertThat(settle(new Outcome.Completed(0), 0)).isEqualTo(new Settlement.End(TaskState.COMPLETED));
    }

    @ParameterizedTest
    @MethodSource("worthAnotherAttempt")
    void aFailureWaitsForItsRetryWhileThereIsOne(Outcome outcome) {
        assertThat(settle(outcome, 0)).isEqualTo(new Settlement.Retry(Duration.ofMillis(500)));
    }

    @ParameterizedTest
    @MethodSource("worthAnotherAttempt")
    void afterTheLastRetryTheTaskHasFailed(Outcome outcome) {
        assertThat(settle(outcome, 1)).isEqualTo(new Settlement.End(TaskState.FAILED));
    }

    @ParameterizedTest
    @MethodSource("sameAgain")
    void aFailureThatWouldComeAgainIsNotRetried(Outcome outcome) {
        assertThat(settle(outcome, 0)).isEqualTo(new Settlement.End(TaskState.FAILED));
    }

    @Test
    void aCancelledRunCancelsTheTaskAndIsNotRetried() {
        assertThat(settle(new Outcome.Cancelled(), 0)).isEqualTo(new Settlement.End(TaskState.CANCELLED));
    }

    @Test
    void onlyTheFailuresThatThePolicyNamesAreRetried() {
        RetryPolicy onTimeout = new RetryPolicy(1, 500, 2, Set.of(ErrorCode.TIMEOUT));
        assertThat(Settlement.of(new Outcome.TimedOut(10), onTimeout, 0, 0, 0)).isInstanceOf(Settlement.Retry.class);
        assertThat(Settlement.of(new Outcome.Trapped("x"), onTimeout, 0, 0, 0)).isInstanceOf(Settlement.End.class);
    }

    @Test
    void whatIsAwayIsWaitedForWhateverThePolicyAllows() {
        RetryPolicy never = new RetryPolicy(0, 500, 2, Set.of());
        Outcome away = new Outcome.Unavailable("the store is away");
        assertThat(Stream.of(0, 1, 2, 3, 4, 5, 1_000).map(postponed -> Settlement.of(away, never, 0, postponed, 0)))
                .containsExactlyElementsOf(Stream.of(2, 4, 8, 16, 30, 30, 30)
                        .map(seconds -> new Settlement.Postpone(Duration.ofSeconds(seconds)))
                        .toList());
        assertThat(Settlement.of(away, ONCE, 1, 4, 0.5)).isEqualTo(new Settlement.Postpone(Duration.ofSeconds(33)));
    }

    @Test
    void waitingForWhatWasAwayUsesUpNoRetry() {
        assertThat(Settlement.of(new Outcome.Completed(1), ONCE, 0, 7, 0))
                .isEqualTo(new Settlement.Retry(Duration.ofMillis(500)));
    }

    @Test
    void jitterReachesTheDelay() {
        assertThat(Settlement.of(new Outcome.Completed(1), ONCE, 0, 0, 0.5))
                .isEqualTo(new Settlement.Retry(Duration.ofMillis(550)));
    }

    @ParameterizedTest
    @EnumSource
    void onlyATerminalStateEndsATask(TaskState state) {
        if (state.isTerminal()) {
            assertThat(new Settlement.End(state).state()).isEqualTo(state);
        } else {
            assertThatThrownBy(() -> new Settlement.End(state)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Settlement settle(Outcome outcome, int retriesUsed) {
        return Settlement.of(outcome, ONCE, retriesUsed, 0, 0);
    }
}
