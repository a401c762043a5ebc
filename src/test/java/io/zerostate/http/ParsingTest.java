package io.zerostate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small texts that come with a request: times to wait, cursors, trace contexts. */
class ParsingTest {

    @ParameterizedTest
    @CsvSource({"250ms,250", "30s,30000", "5m,300000", "0s,0"})
    void aTimeToWaitHasAUnit(String text, long millis) {
        assertThat(WaitTime.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "s", "-1s", "1h", "6m", "301s", "1.5s", "9999999s"})
    void noOtherTimeToWaitIsTaken(String text) {
        assertThatThrownBy(() -> WaitTime.parse(text)).isInstanceOf(ProblemException.class);
    }

    @Test
    void withoutATimeNobodyWaits() {
        assertThat(WaitTime.parse(null)).isZero();
    }

    @Test
    void aCursorBringsBackTheIdItWasMadeOf() {
        UUID id = UUID.fromString("01980f4c-7c2e-7d15-a2f0-5e0c9c1b7a11");

        assertThat(Cursor.decode(Cursor.encode(id))).isEqualTo(id);
        assertThat(VersionCursor.decode(VersionCursor.encode(17))).isEqualTo(17);
    }

    @Test
    void onlyAFullPageHasACursor() {
        List<UUID> page = List.of(new UUID(0, 2), new UUID(0, 1));

        assertThat(Cursor.after(page, 3, id -> id)).isNull();
        assertThat(Cursor.after(page, 2, id -> id)).isEqualTo(Cursor.encode(new UUID(0, 1)));
        assertThat(Cursor.after(List.<UUID>of(), 2, id -> id)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "not base64!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void aTextThatIsNoCursorIsRefused(String text) {
        assertThatThrownBy(() -> Cursor.decode(text)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> VersionCursor.decode(text)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-the-future-brings"
    })
    void theTraceIdIsReadFromATraceparent(String header) {
        assertThat(TraceContext.traceId(header)).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "4bf92f3577b34da6a3ce929d0e0e4736",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01"
    })
    void aTraceparentThatIsNotValidIsIgnored(String header) {
        assertThat(TraceContext.traceId(header)).isNull();
    }
}
