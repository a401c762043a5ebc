package io.zerostate.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

class RetryPolicyTest {
    @Example
    void byDefaultThereAreThreeRetriesAfterTwoFourAndEightSeconds() {
        RetryPolicy policy = RetryPolicy.DEFAULT;
        assertThat(IntStream.range(0, 3).mapToObj(retry -> policy.delay(retry, 0).toMillis()))
                .containsExactly(2_000L, 4_000L, 8_000L);
        assertThat(policy.allows(ErrorCode.EXIT, 2)).isTrue();
        assertThat(policy.allows(ErrorCode.EXIT, 3)).isFalse();
    }

    @Example
    void onlyFailuresThatMayEndDifferentlyAreTriedAgain() {
        Set<ErrorCode> tried = EnumSet.noneOf(ErrorCode.class);
        for (ErrorCode code : ErrorCode.values()) {
            if (RetryPolicy.DEFAULT.allows(code, 0)) {
                tried.add(code);
            }
        }
        assertThat(tried).containsExactly(ErrorCode.EXIT, ErrorCode.TRAP, ErrorCode.TIMEOUT, ErrorCode.LOST);
    }

    @Property
    void aDelayIsNeverEarlierThanNominalAndAtMostAFifthLater(
            @ForAll @LongRange(max = RetryPolicy.MAX_DELAY_MS) long delayMs,
            @ForAll @DoubleRange(min = 1, max = RetryPolicy.MAX_FACTOR) double factor,
            @ForAll @IntRange(max = RetryPolicy.MAX_RETRIES) int retriesUsed,
            @ForAll @DoubleRange(max = 1, maxIncluded = false) double jitter) {
        RetryPolicy policy = new RetryPolicy(RetryPolicy.MAX_RETRIES, delayMs, factor, RetryPolicy.RETRYABLE);
        double nominal = Math.min(delayMs * Math.pow(factor, retriesUsed), RetryPolicy.MAX_DELAY_MS);
        long delay = policy.delay(retriesUsed, jitter).toMillis();
        assertThat((double) delay).isGreaterThanOrEqualTo(nominal);
        // Whole milliseconds, rounded up.
        assertThat((double) delay).isLessThan(nominal * 1.2 + 1);
    }

    @Property
    void eachDelayIsTheOneBeforeTimesTheFactor(
            @ForAll @LongRange(min = 1, max = 1_000) long delayMs,
            @ForAll @IntRange(min = 1, max = 10) int factor,
            @ForAll @IntRange(max = 3) int retriesUsed) {
        RetryPolicy policy = new RetryPolicy(10, delayMs, factor, RetryPolicy.RETRYABLE);
        assertThat(policy.delay(retriesUsed + 1, 0)).isEqualTo(policy.delay(retriesUsed, 0).multipliedBy(factor));
    }

    @Example
    void noDelayGrowsBeyondADayAndItsJitter() {
        RetryPolicy policy = new RetryPolicy(10, RetryPolicy.MAX_DELAY_MS, 10, RetryPolicy.RETRYABLE);
        assertThat(policy.delay(9, 0).toMillis()).isEqualTo(86_400_000);
        assertThat(policy.delay(9, 0.999_999).toMillis()).isBetween(86_400_000L, 103_680_000L);
    }

    @Property
    void moreJitterIsNeverSooner(
            @ForAll @DoubleRange(max = 1, maxIncluded = false) double some,
            @ForAll @DoubleRange(max = 1, maxIncluded = false) double other) {
        RetryPolicy policy = RetryPolicy.DEFAULT;
        assertThat(policy.delay(1, Math.max(some, other))).isGreaterThanOrEqualTo(policy.delay(1, Math.min(some, other)));
    }

    @Example
    void aPolicyBeyondItsBoundsIsRefusedByName() {
        assertRefused(() -> policy(11, 0, 1), "retry.max_retries is 11 but must be between 0 and 10");
        assertRefused(() -> policy(-1, 0, 1), "retry.max_retries is -1");
        assertRefused(() -> policy(0, 86_400_001, 1), "retry.delay_ms is 86400001 but must be between 0 and 86400000");
        assertRefused(() -> policy(0, -1, 1), "retry.delay_ms is -1");
        assertRefused(() -> policy(0, 0, 0.99), "retry.factor is 0.99 but must be between 1 and 10.0");
        assertRefused(() -> policy(0, 0, 10.01), "retry.factor is 10.01");
        assertRefused(() -> policy(0, 0, Double.NaN), "retry.factor is NaN");
        assertRefused(
                () -> new RetryPolicy(0, 0, 1, Set.of(ErrorCode.REJECTED)),
                "retry.retry_on may hold exit, trap, timeout and lost only");
    }

    @Example
    void thePolicyKeepsItsOwnReasons() {
        Set<ErrorCode> reasons = EnumSet.of(ErrorCode.EXIT);
        RetryPolicy policy = new RetryPolicy(1, 0, 1, reasons);
        reasons.add(ErrorCode.TRAP);
        assertThat(policy.retryOn()).containsExactly(ErrorCode.EXIT);
    }

    private static RetryPolicy policy(int maxRetries, long delayMs, double factor) {
        return new RetryPolicy(maxRetries, delayMs, factor, RetryPolicy.RETRYABLE);
    }

    private static void assertRefused(ThrowingCallable construction, String reason) {
        RefusedException refusal = catchThrowableOfType(RefusedException.class, construction);
        assertThat(refusal.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
        assertThat(refusal.detail()).contains(reason);
    }
}
