package io.zerostate.wasm.chicory;

/**
 * The error numbers of preview 1 that are given here, from
 * <a href="https://github.com/WebAssembly/WASI/blob/v0.2.1/legacy/preview1/docs.md#errno">its specification</a>.
 */
final class Errno {
    static final int SUCCESS = 0;
    /** No open file has this descriptor. */
    static final int BADF = 8;
    /** A pointer leads out of memory. */
    static final int FAULT = 21;
    static final int INVAL = 28;
    static final int IO = 29;
    static final int NOTDIR = 54;
    static final int NOTSOCK = 57;
    static final int NOTSUP = 58;
    /** A stream cannot be positioned. */
    static final int SPIPE = 70;

    private Errno() {}
}
