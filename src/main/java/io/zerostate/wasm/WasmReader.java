package io.zerostate.wasm;

import io.zerostate.wasm.Refusal.Code;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A cursor over a part of a module. Allocates nothing but names that it was told to read, and never goes past its end; whatever is
 * wrong is refused with its place.
 */
final class WasmReader {
    /** Shown of a name; the rest is left out. */
    private static final int SHOWN_CHARACTERS = 64;

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

    /** A byte that must not be above {@code maximum}. */
    int u8(String what, int maximum) throws ModuleRefusedException {
        int place = position;
        int value = u8(what);
        if (value > maximum) {
            throw malformed(what + " is " + value + ", at most " + maximum + " is allowed", place);
        }
        return value;
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
                throw malformed(what + " does not fit into 32 bits", start);
            }
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                break;
            }
        }
        if (value > maximum) {
            throw above(what + " is " + value + ", at most " + maximum + " is allowed", start, maximum);
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
            throw refused(Code.TRUNCATED, what + " is " + count + " but only " + remaining() + " bytes follow", start);
        }
        return count;
    }

    /** A signed LEB128 of at most {@code bits} bits. */
    long signed(int bits, String what) throws ModuleRefusedException {
        int start = position;
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = u8(what);
            value |= (long) (next & 0x7f) << shift;
            int read = shift + 7;
            if (next < 0x80) {
                return read < Long.SIZE && (next & 0x40) != 0 ? value | -1L << read : value;
            }
            if (read >= bits) {
                throw malformed(what + " does not fit into " + bits + " bits", start);
            }
        }
    }

    /** A name of at most {@code maximum} bytes, which must be UTF-8. */
    String name(String what, int maximum) throws ModuleRefusedException {
        int length = count("the length of " + what, maximum);
        int from = position;
        skip(length, what);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed(what + " is not UTF-8", from);
        }
    }

    void skipName(String what) throws ModuleRefusedException {
        skip(count("the length of " + what, Integer.MAX_VALUE), what);
    }

    ModuleRefusedException truncated(String what) {
        return refused(Code.TRUNCATED, "the module ends within " + what, end);
    }

    static ModuleRefusedException malformed(String reason, int offset) {
        return refused(Code.MALFORMED, reason, offset);
    }

    static ModuleRefusedException above(String reason, int offset, long limit) {
        return new ModuleRefusedException(new Refusal(Code.LIMIT, reason, offset, limit));
    }

    static ModuleRefusedException unsupported(String feature, int offset) {
        return refused(Code.UNSUPPORTED, "not supported: the module uses " + feature, offset);
    }

    static ModuleRefusedException refused(Code code, String reason, int offset) {
        return new ModuleRefusedException(Refusal.of(code, reason, offset));
    }

    /** What comes from a module and ends up in front of people: nothing that could disturb a log or a terminal, and not much of it. */
    static String printable(String text) {
        String safe = text.substring(0, Math.min(text.length(), SHOWN_CHARACTERS)).replaceAll("[^\\x20-\\x7e]", "?");
        return safe.length() == text.length() ? safe : safe + "...";
    }
}
