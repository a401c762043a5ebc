package io.zerostate.wasm.chicory;

import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code poll_oneoff}.
 *
 * @param type 0 a clock, 1 a stream to read, 2 a stream to write
 * @param id the clock or the descriptor
 * @param timeout nanoseconds, unsigned; of a clock only
 * @param flags 1 when the timeout is a point in time; of a clock only
 */
record Subscription(long userData, int type, int id, long timeout, int flags) {
    boolean isClock() {
        return type == 0;
    }

    /** Reads 48 bytes; null when they name neither a clock nor a stream. */
    static @Nullable Subscription parse(byte[] bytes, int offset) {
        int type = bytes[offset + 8];
        int id = LittleEndian.readInt(bytes, offset + 16);
        if (type < 0 || type > 2 || type == 0 && !Surroundings.isClock(id)) {
            return null;
        }
        return new Subscription(
                LittleEndian.readLong(bytes, offset), type, id, LittleEndian.readLong(bytes, offset + 24), bytes[offset + 40]);
    }
}
