package io.zerostate.execution;

import io.zerostate.task.Bytes;
import io.zerostate.task.Characters;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All that a run wrote to one stream so far, which its limit of output bounds, and how far it was published. Pieces end between two
 * characters. Not safe for threads: its run locks.
 */
final class LiveBuffer {
    /** As much as one message carries. */
    static final int PIECE = 64 * 1024;

    private static final int FIRST_SIZE = 512;

    private byte[] bytes = new byte[0];
    private int length;
    private int published;

    /**
     * @param offset position in the stream of the first byte
     */
    record Chunk(long offset, Bytes bytes) {}

    void append(byte[] source, int offset, int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(FIRST_SIZE, Math.max(length + count, 2 * length)));
        }
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    /**
     * What was not published yet, or of a flood the newest of it: what is left out shows in the next chunk's offset.
     *
     * @param most bytes
     * @param last nothing will follow: half a character is not waited for
     * @return null when there is nothing
     */
    @Nullable Chunk take(int most, boolean last) {
        int end = last ? length : Characters.endOfWhole(bytes, published, length);
        int start = published;
        if (end - start > most) {
            start = Characters.startOfWhole(bytes, end - most, end);
        }
        if (start == end) {
            return null;
        }
        published = end;
        return chunk(start, end);
    }

    /** At most {@link #PIECE} from a position on, published or not; empty where there is nothing yet. */
    Chunk read(long from) {
        int start = (int) Math.min(Math.max(0, from), length);
        int end = Math.min(length, start + PIECE);
        return chunk(start, Characters.endOfWhole(bytes, start, end));
    }

    private Chunk chunk(int start, int end) {
        return new Chunk(start, Bytes.of(Arrays.copyOfRange(bytes, start, end)));
    }
}
