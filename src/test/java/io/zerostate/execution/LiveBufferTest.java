package io.zerostate.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerostate.execution.LiveBuffer.Chunk;
import io.zerostate.task.Bytes;
import org.junit.jupiter.api.Test;

class LiveBufferTest {
    private final LiveBuffer buffer = new LiveBuffer();

    @Test
    void whatIsAppendedIsTakenOnceWithItsOffset() {
        append("one ");
        append("two");
        assertThat(buffer.take()).isEqualTo(new Chunk(0, Bytes.ofUtf8("one two")));
        assertThat(buffer.take()).isNull();

        append(" three");
        assertThat(buffer.take()).isEqualTo(new Chunk(7, Bytes.ofUtf8(" three")));
    }

    @Test
    void onlyTheGivenRangeIsAppended() {
        buffer.append(Bytes.ofUtf8("xabcx").array(), 1, 3);

        assertThat(buffer.take()).isEqualTo(new Chunk(0, Bytes.ofUtf8("abc")));
    }

    @Test
    void whatDoesNotFitIsSkippedAndTheNextOffsetSaysSo() {
        buffer.append(new byte[LiveBuffer.CAPACITY - 1], 0, LiveBuffer.CAPACITY - 1);
        append("ab");
        append("c");
        Chunk full = buffer.take();
        append("d");

        assertThat(full).isNotNull();
        assertThat(full.bytes().length()).isEqualTo(LiveBuffer.CAPACITY);
        assertThat(full.bytes().array()[LiveBuffer.CAPACITY - 1]).isEqualTo((byte) 'a');
        assertThat(buffer.take()).isEqualTo(new Chunk(LiveBuffer.CAPACITY + 2, Bytes.ofUtf8("d")));
    }

    @Test
    void oneHugeWriteIsCut() {
        buffer.append(new byte[3 * LiveBuffer.CAPACITY], 0, 3 * LiveBuffer.CAPACITY);
        assertThat(buffer.take()).isEqualTo(new Chunk(0, Bytes.of(new byte[LiveBuffer.CAPACITY])));
        append("e");

        assertThat(buffer.take()).isEqualTo(new Chunk(3L * LiveBuffer.CAPACITY, Bytes.ofUtf8("e")));
    }

    private void append(String text) {
        byte[] bytes = Bytes.ofUtf8(text).array();
        buffer.append(bytes, 0, bytes.length);
    }
}
