package io.zerostate.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LiveOutputTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final LiveOutput output = new LiveOutput(new PrintStream(written, true, StandardCharsets.UTF_8), false);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String written() {
        return written.toString(StandardCharsets.UTF_8);
    }

    @Test
    void piecesAreWrittenInOrder() {
        output.write(0, "one ");
        output.write(4, "two");
        assertThat(written()).isEqualTo("one two");
    }

    @Test
    void whatComesTwiceIsWrittenOnce() {
        output.write(0, "one ");
        output.write(0, "one two");
        output.write(0, "one");
        output.complete(bytes("one two"));
        assertThat(written()).isEqualTo("one two");
    }

    @Test
    void whatIsMissingIsWrittenAtTheEnd() {
        output.write(4, "two ");
        output.write(8, "three");
        assertThat(written()).isEmpty();
        output.complete(bytes("one two three"));
        assertThat(written()).isEqualTo("one two three");
    }

    @Test
    void aTerminalShowsWhatComesAlsoAfterAGap() {
        LiveOutput terminal = new LiveOutput(new PrintStream(written, true, StandardCharsets.UTF_8), true);
        terminal.write(4, "two ");
        terminal.write(4, "two ");
        terminal.write(8, "\uFFFD ");
        terminal.write(10, "four");
        terminal.complete(bytes("one two ? four"));
        assertThat(written()).isEqualTo("two \uFFFD four");
    }

    @Test
    void aTerminalShowsTheResultOfATaskThatWasTooQuick() {
        LiveOutput terminal = new LiveOutput(new PrintStream(written, true, StandardCharsets.UTF_8), true);
        terminal.complete(bytes("all of it"));
        assertThat(written()).isEqualTo("all of it");
    }

    @Test
    void offsetsCountBytes() {
        output.write(0, "日本");
        output.write(6, "!");
        assertThat(written()).isEqualTo("日本!");
    }

    @Test
    void bytesThatAreNoTextComeFromTheResult() {
        output.write(0, "\uFFFD");
        byte[] stored = {(byte) 0xff};
        output.complete(stored);
        assertThat(written.toByteArray()).isEqualTo(stored);
    }

    @Test
    void eachAttemptStartsAnew() {
        output.restart(1);
        output.write(0, "first ");
        output.restart(2);
        output.write(0, "second");
        output.restart(2);
        output.complete(bytes("second"));
        assertThat(written()).isEqualTo("first second");
    }
}
