package io.zerostate.wasm.split;

import java.util.Arrays;

/** The type of a function, or of a block: value types by their bytes. */
record Shape(byte[] params, byte[] results) {
    static final byte[] NONE = {};
    static final Shape EMPTY = new Shape(NONE, NONE);

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape that && Arrays.equals(params, that.params) && Arrays.equals(results, that.results);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(params) + Arrays.hashCode(results);
    }
}
