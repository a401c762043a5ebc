package io.zerostate.task;

/** Where bytes may be cut without cutting a character of UTF-8 (RFC 3629) in two. */
public final class Characters {
    /** Bytes of the longest character less one: what may be missing its end. */
    private static final int LONGEST_TAIL = 3;

    private Characters() {}

    /**
     * The last place not after {@code to} where no character is cut; {@code to} itself where the bytes are not UTF-8.
     *
     * @param from the first byte that counts
     */
    public static int endOfWhole(byte[] bytes, int from, int to) {
        for (int length = 1; length <= Math.min(LONGEST_TAIL, to - from); length++) {
            int b = bytes[to - length] & 0xff;
            if (b < 0x80) {
                return to;
            }
            if (b >= 0xc0) {
                return lengthOf(b) > length ? to - length : to;
            }
        }
        return to;
    }

    /**
     * The first place not before {@code from} where a character begins; {@code from} itself where the bytes are not UTF-8.
     *
     * @param to after the last byte that counts
     */
    public static int startOfWhole(byte[] bytes, int from, int to) {
        for (int place = from; place <= from + LONGEST_TAIL; place++) {
            if (place >= to || (bytes[place] & 0xc0) != 0x80) {
                return place;
            }
        }
        return from;
    }

    /** Bytes of the character that starts with {@code lead}; 1 where none does. */
    private static int lengthOf(int lead) {
        if (lead >= 0xc2 && lead <= 0xdf) {
            return 2;
        }
        if (lead >= 0xe0 && lead <= 0xef) {
            return 3;
        }
        return lead >= 0xf0 && lead <= 0xf4 ? 4 : 1;
    }
}
