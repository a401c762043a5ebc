package io.zerostate.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeTest {
    private record Expected(Outcome outcome, ErrorCode code, String message) {}

    static Stream<Expected> failures() {
        return Stream.of(
                new Expected(new Outcome.Completed(3), ErrorCode.EXIT, "The program exited with code 3"),
                new Expected(new Outcome.Trapped("unreachable"), ErrorCode.TRAP, "unreachable"),
                new Expected(new Outcome.TimedOut(10_000), ErrorCode.TIMEOUT, "The attempt ran longer than 10000 ms"),
                new Expected(
                        new Outcome.MemoryExceeded(65_536),
                        ErrorCode.MEMORY_EXCEEDED,
                        "The program needs more than its limit of 65536 bytes of memory"),
                new Expected(
                        new Outcome.OutputExceeded(OutputStreamName.STDERR, 9),
                        ErrorCode.OUTPUT_EXCEEDED,
                        "The program wrote more than 9 bytes to stderr"),
                new Expected(new Outcome.Cancelled(), ErrorCode.CANCELLED, "The task was cancelled"),
                new Expected(new Outcome.Rejected("no _start"), ErrorCode.REJECTED, "no _start"),
                new Expected(new Outcome.Lost("node-2 is gone"), ErrorCode.LOST, "node-2 is gone"),
                new Expected(new Outcome.Unavailable("the store is away"), ErrorCode.LOST, "the store is away"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void everyOtherEndIsAFailureThatSaysWhy(Expected expected) {
        assertThat(expected.outcome.failure()).isEqualTo(new Failure(expected.code, expected.message));
        assertThat(expected.code.isRunFailure()).isTrue();
        assertThat(expected.outcome.kind()).isEqualTo(expected.code.kind());
    }

    @Test
    void everyWayToFailHasAnOutcome() {
        assertThat(failures().map(Expected::code).distinct())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ErrorCode.values())
                        .filter(ErrorCode::isRunFailure)
                        .toList());
        assertThat(failures().<Class<?>>map(expected -> expected.outcome.getClass()))
                .containsExactlyInAnyOrder(Outcome.class.getPermittedSubclasses());
    }

    @Test
    void exitCodeZeroIsSuccess() {
        assertThat(new Outcome.Completed(0).failure()).isNull();
        assertThat(new Outcome.Completed(0).kind()).isEqualTo("completed");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, -1})
    void theExitCodeIsKeptWhateverItIs(int exitCode) {
        assertThat(new Outcome.Completed(exitCode).exitCodeOrNull()).isEqualTo(exitCode);
    }

    @Test
    void aProgramThatDidNotExitHasNoExitCode() {
        assertThat(new Outcome.Trapped("unreachable").exitCodeOrNull()).isNull();
    }
}
