package io.zerostate.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerostate.execution.LiveBuffer.Chunk;
import io.zerostate.task.Bytes;
import org.junit.jupiter.api.Test;

class LiveBufferTest {
    private static final int PLENTY = LiveBuffer.PIECE;

    private final LiveBuffer buffer = new LiveBuffer();

    @Test
    void whatIsAppendedIsTakenOnceWithItsOffset() {
        append("one ");
        append("two");
        assertThat(buffer.take(PLENTY, false)).isEqualTo(new Chunk(0, Bytes.ofUtf8("one two")));
        assertThat(buffer.take(PLENTY, false)).isNull();

        append(" three");
        assertThat(buffer.take(PLENTY, false)).isEqualTo(new Chunk(7, Bytes.ofUtf8(" three")));
    }

    @Test
    void onlyTheGivenRangeIsAppended() {
        buffer.append(Bytes.ofUtf8("xabcx").array(), 1, 3);

        assertThat(buffer.take(PLENTY, false)).isEqualTo(new Chunk(0, Bytes.ofUtf8("abc")));
    }

    @Test
    void ofTooMuchTheNewestIsTakenAndItsOffsetSaysSo() {
        append("0123456789");

        assertThat(buffer.take(4, false)).isEqualTo(new Chunk(6, Bytes.ofUtf8("6789")));
        append("a");
        assertThat(buffer.take(4, false)).isEqualTo(new Chunk(10, Bytes.ofUtf8("a")));
    }

    @Test
    void halfACharacterWaitsForItsOtherHalf() {
        byte[] euro = Bytes.ofUtf8("\u20ac").array();
        append("1 ");
        buffer.append(euro, 0, 2);
        assertThat(buffer.take(PLENTY, false)).isEqualTo(new Chunk(0, Bytes.ofUtf8("1 ")));
        assertThat(buffer.take(PLENTY, false)).isNull();

        buffer.append(euro, 2, 1);
        assertThat(buffer.take(PLENTY, false)).isEqualTo(new Chunk(2, Bytes.ofUtf8("\u20ac")));
    }

    @Test
    void halfACharacterIsAllThereIsOnceNothingFollows() {
        buffer.append(Bytes.ofUtf8("\u20ac").array(), 0, 2);

        assertThat(buffer.take(PLENTY, true)).isEqualTo(new Chunk(0, Bytes.of(new byte[] {(byte) 0xe2, (byte) 0x82})));
    }

    @Test
    void whatIsSkippedEndsBetweenTwoCharacters() {
        append("\u20ac\u20ac\u20ac");

        assertThat(buffer.take(5, false)).isEqualTo(new Chunk(6, Bytes.ofUtf8("\u20ac")));
    }

    @Test
    void everythingCanBeReadAgainFromAnyPositionPieceByPiece() {
        buffer.append(new byte[LiveBuffer.PIECE], 0, LiveBuffer.PIECE);
        append("end");
        buffer.take(PLENTY, false);

        assertThat(buffer.read(0)).isEqualTo(new Chunk(0, Bytes.of(new byte[LiveBuffer.PIECE])));
        assertThat(buffer.read(LiveBuffer.PIECE)).isEqualTo(new Chunk(LiveBuffer.PIECE, Bytes.ofUtf8("end")));
        assertThat(buffer.read(LiveBuffer.PIECE + 3).bytes()).isEqualTo(Bytes.EMPTY);
        assertThat(buffer.read(Long.MAX_VALUE).bytes()).isEqualTo(Bytes.EMPTY);
    }

    private void append(String text) {
        byte[] bytes = Bytes.ofUtf8(text).array();
        buffer.append(bytes, 0, bytes.length);
    }
}
