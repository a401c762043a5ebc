package io.zerostate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({"500ms,500", "15s,15000", "1.5m,90000", "2 h,7200000", "1d,86400000", "0s,0"})
    void readsDurations(String text, long milliseconds) {
        assertThat(Quantity.milliseconds(text)).isEqualTo(milliseconds);
    }

    @ParameterizedTest
    @CsvSource({"65536,65536", "1B,1", "256KiB,262144", "1.5MiB,1572864", "1GiB,1073741824"})
    void readsSizes(String text, long bytes) {
        assertThat(Quantity.bytes(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "15", "s", "-1s", "1 week", "0.0001s", "1e3s", "999999999999999d"})
    void refusesWhatIsNoDuration(String text) {
        assertThatThrownBy(() -> Quantity.milliseconds(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("15s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MiB", "-1", "12MB", "0.3KiB", "999999999999999GiB"})
    void refusesWhatIsNoSize(String text) {
        assertThatThrownBy(() -> Quantity.bytes(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("128MiB");
    }

    @Test
    void writesTheShortestExactForm() {
        assertThat(Quantity.ofMilliseconds(300_000)).isEqualTo("5m");
        assertThat(Quantity.ofMilliseconds(1_500)).isEqualTo("1500ms");
        assertThat(Quantity.ofBytes(128L << 20)).isEqualTo("128MiB");
        assertThat(Quantity.ofBytes(1_000)).isEqualTo("1000B");
        assertThat(Quantity.ofBytes(0)).isEqualTo("0B");
    }
}
