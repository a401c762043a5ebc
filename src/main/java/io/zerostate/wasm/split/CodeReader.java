package io.zerostate.wasm.split;

/** A cursor over the bytes of a module that was parsed and type-checked before, so that it need not check anything again. */
final class CodeReader {
    private final byte[] bytes;
    private int position;

    CodeReader(byte[] bytes, int position) {
        this.bytes = bytes;
        this.position = position;
    }

    int position() {
        return position;
    }

    void skip(int count) {
        position += count;
    }

    int u8() {
        return bytes[position++] & 0xff;
    }

    /** A value type, as its byte. */
    byte type() {
        return bytes[position++];
    }

    /** As many value types as the count in front of them says. */
    byte[] types() {
        byte[] types = new byte[u32()];
        for (int i = 0; i < types.length; i++) {
            types[i] = type();
        }
        return types;
    }

    int u32() {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = u8();
            value |= (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
    }

    /** A signed number of 33 bits, which is how block types are written: negative is a value type, others are indexes. */
    long s33() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = u8();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return (next & 0x40) == 0 ? value : value | -1L << shift + 7;
            }
        }
    }

    void skipNumber() {
        while (u8() >= 0x80) {
            // The last byte of a number is below.
        }
    }

    /** The next opcode; of those with a prefix, the prefix and then 8 bits. */
    int opcode() {
        int opcode = u8();
        return opcode == Opcode.PREFIX ? opcode << 8 | u32() : opcode;
    }
}
