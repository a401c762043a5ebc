package io.zerostate.wasm.split;

import java.util.Arrays;

/** Writes the binary format. */
final class CodeWriter {
    private byte[] bytes = new byte[256];
    private int length;

    int length() {
        return length;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    CodeWriter u8(int value) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
        bytes[length++] = (byte) value;
        return this;
    }

    CodeWriter u32(int value) {
        int rest = value;
        while (rest >>> 7 != 0) {
            u8(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        return u8(rest);
    }

    CodeWriter s32(int value) {
        int rest = value;
        while (rest < -64 || rest > 63) {
            u8(rest & 0x7f | 0x80);
            rest >>= 7;
        }
        return u8(rest & 0x7f);
    }

    CodeWriter raw(byte[] source, int from, int to) {
        if (length + to - from > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + to - from));
        }
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
        return this;
    }

    CodeWriter raw(byte[] source) {
        return raw(source, 0, source.length);
    }

    /** Value types, with their count in front. */
    CodeWriter types(byte[] types) {
        return u32(types.length).raw(types);
    }

    /** A part, with its length in front. */
    CodeWriter sized(byte[] part) {
        return u32(part.length).raw(part);
    }

    CodeWriter section(int id, CodeWriter content) {
        return u8(id).u32(content.length).raw(content.bytes, 0, content.length);
    }
}
