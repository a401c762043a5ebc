package io.zerostate.task;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An immutable run of bytes with value equality. The array is not copied, in or out, because task input and output are on the
 * hot path: whoever hands an array to {@link #of} gives it away, and whoever takes {@link #array} only reads it.
 */
public final class Bytes {
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] array;

    private Bytes(byte[] array) {
        this.array = array;
    }

    /** Takes ownership of {@code array}: it must not change afterwards. */
    public static Bytes of(byte[] array) {
        return array.length == 0 ? EMPTY : new Bytes(array);
    }

    /** The UTF-8 form of {@code text}. */
    public static Bytes ofUtf8(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes themselves, to be read only. */
    public byte[] array() {
        return array;
    }

    /** Number of bytes. */
    public int length() {
        return array.length;
    }

    /** True when there are none. */
    public boolean isEmpty() {
        return array.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(array, that.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    /** The length only: output of a task is not log text. */
    @Override
    public String toString() {
        return array.length + " bytes";
    }
}
