package io.zerostate.wasm;

import java.nio.charset.StandardCharsets;

/**
 * A cursor over a part of a module. Allocates nothing but names that it was told to read, and never goes past its end; whatever is
 * wrong is refused with its place.
 */
final class WasmReader {
    private final byte[] bytes;
    private final int end;
    private int position;

    WasmReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.position = from;
        this.end = end;
    }

    int position() {
        return position;
    }

    int remaining() {
        return end - position;
    }

    boolean atEnd() {
        return position == end;
    }

    /** A reader of the same bytes from {@code offset} on. */
    WasmReader at(int offset) {
        return new WasmReader(bytes, offset, end);
    }

    /** The next {@code length} bytes as a reader of their own; this one goes on behind them. */
    WasmReader part(int length, String what) throws ModuleRefusedException {
        int from = position;
        skip(length, what);
        return new WasmReader(bytes, from, position);
    }

    int u8(String what) throws ModuleRefusedException {
        if (position >= end) {
            throw truncated(what);
        }
        return bytes[position++] & 0xff;
    }

    void skip(int length, String what) throws ModuleRefusedException {
        if (length < 0 || length > remaining()) {
            throw truncated(what);
        }
        position += length;
    }

    /** An unsigned LEB128 of at most 32 bits that must not be above {@code maximum}. */
    int u32(String what, long maximum) throws ModuleRefusedException {
        int start = position;
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = u8(what);
            if (shift == 28 && (next & 0xf0) != 0) {
                throw refused(what + " does not fit into 32 bits", start);
            }
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                break;
            }
        }
        if (value > maximum) {
            throw refused(what + " is " + value + ", at most " + maximum + " is allowed", start);
        }
        return (int) value;
    }

    /** An unsigned LEB128 of 32 bits, any value. */
    long u32(String what) throws ModuleRefusedException {
        return Integer.toUnsignedLong(u32(what, 0xffff_ffffL));
    }

    /** How many entries follow: no more than there are bytes left, since each takes at least one. */
    int count(String what, int maximum) throws ModuleRefusedException {
        int start = position;
        int count = u32(what, maximum);
        if (count > remaining()) {
            throw refused(what + " is " + count + " but only " + remaining() + " bytes follow", start);
        }
        return count;
    }

    /** Passes over a signed LEB128 of at most {@code bits} bits. */
    void skipSigned(int bits, String what) throws ModuleRefusedException {
        int start = position;
        for (int left = bits; u8(what) >= 0x80; left -= 7) {
            if (left <= 7) {
                throw refused(what + " does not fit into " + bits + " bits", start);
            }
        }
    }

    String name(String what) throws ModuleRefusedException {
        int length = count("the length of " + what, Integer.MAX_VALUE);
        int from = position;
        skip(length, what);
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }

    void skipName(String what) throws ModuleRefusedException {
        skip(count("the length of " + what, Integer.MAX_VALUE), what);
    }

    ModuleRefusedException truncated(String what) {
        return refused("the module ends within " + what, end);
    }

    static ModuleRefusedException refused(String reason, int offset) {
        return new ModuleRefusedException(reason, offset);
    }
}
