package io.zerostate.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;

class LimitsTest {
    private static final Limits BASE = new Limits(10, 20, 30, 40, 50, 60, 70);
    private static final Limits MAXIMUM = new Limits(100, 200, 300, 400, 500, 600, 700);

    @Example
    void theDefaultsAreThoseOfTheContract() {
        assertThat(Limits.DEFAULT).isEqualTo(new Limits(10_000, 134_217_728, 1_048_576, 262_144));
        assertThat(Limits.MAXIMUM.timeoutMs()).isEqualTo(300_000);
        assertThat(Limits.MAXIMUM.memoryBytes()).isEqualTo(1_073_741_824);
        assertThat(Input.MAX_STDIN_BYTES).isEqualTo(1_048_576);
        assertThat(Input.MAX_ARGS_AND_ENV_BYTES).isEqualTo(65_536);
    }

    @Example
    void aLimitOfNothingIsRefused() {
        Stream.of(0L, -1L).forEach(none -> {
            assertThatThrownBy(() -> new Limits(none, 1, 1, 1)).hasMessageContaining("timeout_ms");
            assertThatThrownBy(() -> new Limits(1, none, 1, 1)).hasMessageContaining("memory_bytes");
            assertThatThrownBy(() -> new Limits(1, 1, none, 1)).hasMessageContaining("stdout_bytes");
            assertThatThrownBy(() -> new Limits(1, 1, 1, none)).hasMessageContaining("stderr_bytes");
            assertThatThrownBy(() -> new Limits(1, 1, 1, 1, none, 1, 1)).hasMessageContaining("input_bytes");
            assertThatThrownBy(() -> new Limits(1, 1, 1, 1, 1, none, 1)).hasMessageContaining("host_calls");
            assertThatThrownBy(() -> new Limits(1, 1, 1, 1, 1, 1, none)).hasMessageContaining("file_bytes");
        });
    }

    @Example
    void whoAsksForNothingGetsTheBase() {
        assertThat(LimitOverrides.NONE.over(BASE, MAXIMUM)).isEqualTo(BASE);
    }

    @Property
    void aWishUpToTheMaximumIsGranted(
            @ForAll @LongRange(min = 1, max = 100) long timeoutMs,
            @ForAll @LongRange(min = 1, max = 200) long memoryBytes,
            @ForAll @LongRange(min = 1, max = 300) long stdoutBytes,
            @ForAll @LongRange(min = 1, max = 400) long stderrBytes) {
        LimitOverrides wishes = new LimitOverrides(timeoutMs, memoryBytes, stdoutBytes, stderrBytes);
        assertThat(wishes.over(BASE, MAXIMUM)).isEqualTo(new Limits(timeoutMs, memoryBytes, stdoutBytes, stderrBytes, 50, 60, 70));
    }

    @Example
    void aWishBeyondTheMaximumIsRefusedWithFieldAndLimit() {
        assertRefused(overrides(101L, null, null, null), "timeout_ms is 101 but must be between 1 and 100");
        assertRefused(overrides(null, 201L, null, null), "memory_bytes is 201 but must be between 1 and 200");
        assertRefused(overrides(null, null, 301L, null), "stdout_bytes is 301 but must be between 1 and 300");
        assertRefused(overrides(null, null, null, 401L), "stderr_bytes is 401 but must be between 1 and 400");
        assertRefused(later(501L, null, null), "input_bytes is 501 but must be between 1 and 500");
        assertRefused(later(null, 601L, null), "host_calls is 601 but must be between 1 and 600");
        assertRefused(later(null, null, 701L), "file_bytes is 701 but must be between 1 and 700");
    }

    @Example
    void limitsAreWithinOthersWhenNoneIsAbove() {
        assertThat(MAXIMUM.isWithin(MAXIMUM)).isTrue();
        assertThat(BASE.isWithin(MAXIMUM)).isTrue();
        assertThat(new Limits(1, 1, 1, 1, 1, 1, 701).isWithin(MAXIMUM)).isFalse();
        assertThat(new Limits(1, 1, 1, 1, 1, 601, 1).isWithin(MAXIMUM)).isFalse();
    }

    @Example
    void aWishForNothingIsRefusedToo() {
        assertRefused(overrides(0L, null, null, null), "timeout_ms is 0 but must be between 1 and 100");
        assertRefused(overrides(null, Long.MIN_VALUE, null, null), "memory_bytes is -9223372036854775808");
    }

    private static LimitOverrides overrides(
            @Nullable Long timeoutMs, @Nullable Long memoryBytes, @Nullable Long stdoutBytes, @Nullable Long stderrBytes) {
        return new LimitOverrides(timeoutMs, memoryBytes, stdoutBytes, stderrBytes);
    }

    private static LimitOverrides later(
            @Nullable Long inputBytes, @Nullable Long hostCalls, @Nullable Long fileBytes) {
        return new LimitOverrides(null, null, null, null, inputBytes, hostCalls, fileBytes);
    }

    private static void assertRefused(LimitOverrides wishes, String reason) {
        RefusedException refusal =
                catchThrowableOfType(RefusedException.class, () -> wishes.over(BASE, MAXIMUM));
        assertThat(refusal.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
        assertThat(refusal.detail()).contains(reason);
    }
}
