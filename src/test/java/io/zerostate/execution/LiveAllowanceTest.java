package io.zerostate.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LiveAllowanceTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final LiveAllowance allowance = new LiveAllowance(0);

    @Test
    void aBurstIsFree() {
        assertThat(allowance.available(0)).isEqualTo(LiveAllowance.BURST);
    }

    @Test
    void whatIsSpentComesBackAtTheRate() {
        allowance.spend(LiveAllowance.BURST);

        assertThat(allowance.available(0)).isZero();
        assertThat(allowance.available(SECOND / 8)).isEqualTo(LiveAllowance.BYTES_PER_SECOND / 8);
    }

    @Test
    void askingOftenDoesNotRoundTheRateAway() {
        allowance.spend(LiveAllowance.BURST);
        for (long at = 0; at < SECOND / 8; at += 1_000) {
            allowance.available(at);
        }

        assertThat(allowance.available(SECOND / 8)).isGreaterThan(LiveAllowance.BYTES_PER_SECOND / 8 * 9 / 10);
    }

    @Test
    void itNeverExceedsABurst() {
        assertThat(allowance.available(3_600 * SECOND)).isEqualTo(LiveAllowance.BURST);
    }

    @Test
    void whoOverdrewWaitsLonger() {
        allowance.spend(LiveAllowance.BURST + LiveAllowance.LAST_WORDS);

        assertThat(allowance.available(SECOND / 64)).isZero();
    }
}
