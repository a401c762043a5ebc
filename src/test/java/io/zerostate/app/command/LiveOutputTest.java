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
        output.write(0, bytes("one "));
        output.write(4, bytes("two"));
        assertThat(written()).isEqualTo("one two");
    }

    @Test
    void whatComesTwiceIsWrittenOnce() {
        output.write(0, bytes("one "));
        output.write(0, bytes("one two"));
        output.write(0, bytes("one"));
        output.complete(bytes("one two"));
        assertThat(written()).isEqualTo("one two");
    }

    @Test
    void whatIsMissingIsWrittenAtTheEnd() {
        output.write(4, bytes("two "));
        output.write(8, bytes("three"));
        assertThat(written()).isEmpty();
        output.complete(bytes("one two three"));
        assertThat(written()).isEqualTo("one two three");
    }

    @Test
    void aTerminalShowsWhatComesAlsoAfterAGap() {
        LiveOutput terminal = new LiveOutput(new PrintStream(written, true, StandardCharsets.UTF_8), true);
        terminal.write(4, bytes("two "));
        terminal.write(4, bytes("two "));
        terminal.write(8, bytes("three "));
        terminal.write(14, bytes("four"));
        terminal.complete(bytes("one two three four"));
        assertThat(written()).isEqualTo("two three four");
    }

    @Test
    void aTerminalShowsTheResultOfATaskThatWasTooQuick() {
        LiveOutput terminal = new LiveOutput(new PrintStream(written, true, StandardCharsets.UTF_8), true);
        terminal.complete(bytes("all of it"));
        assertThat(written()).isEqualTo("all of it");
    }

    @Test
    void offsetsCountBytes() {
        output.write(0, bytes("日本"));
        output.write(6, bytes("!"));
        assertThat(written()).isEqualTo("日本!");
    }

    @Test
    void bytesThatAreNoTextAreWrittenAsTheyAre() {
        byte[] binary = {(byte) 0xff, 0, (byte) 0xc3};
        output.write(0, binary);
        output.complete(binary);
        assertThat(written.toByteArray()).isEqualTo(binary);
    }

    @Test
    void eachAttemptStartsAnew() {
        output.restart(1);
        output.write(0, bytes("first "));
        output.restart(2);
        output.write(0, bytes("second"));
        output.restart(2);
        output.complete(bytes("second"));
        assertThat(written()).isEqualTo("first second");
    }
}
