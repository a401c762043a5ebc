package io.zerostate.execution;

import io.zerostate.task.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a run wrote to one stream since it was last published. Bounded: of a flood, what does not fit is skipped, and the next chunk's
 * offset says so. Not safe for threads: its run locks.
 */
final class LiveBuffer {
    /** At one chunk each 50 ms, this carries 1.3 MB/s per stream. */
    static final int CAPACITY = 64 * 1024;

    private static final int FIRST_SIZE = 512;

    private byte[] bytes = new byte[0];
    private int length;
    private long start;
    private long written;

    /**
     * @param offset position in the stream of the first byte
     */
    record Chunk(long offset, Bytes bytes) {}

    void append(byte[] source, int offset, int count) {
        // After a gap nothing more fits in, because a chunk has to be of one piece.
        boolean contiguous = start + length == written;
        int kept = contiguous ? Math.min(count, CAPACITY - length) : 0;
        if (kept > 0) {
            if (length + kept > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.min(CAPACITY, Math.max(FIRST_SIZE, 2 * (length + kept))));
            }
            System.arraycopy(source, offset, bytes, length, kept);
            length += kept;
        }
        written += count;
    }

    /** What is there, which is then gone; null when there is nothing. */
    @Nullable Chunk take() {
        Chunk chunk = length == 0 ? null : new Chunk(start, Bytes.of(Arrays.copyOf(bytes, length)));
        length = 0;
        start = written;
        return chunk;
    }
}
