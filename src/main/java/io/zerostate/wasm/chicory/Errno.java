package io.zerostate.wasm.chicory;

/**
 * The error numbers of preview 1 that are given here, from
 * <a href="https://github.com/WebAssembly/WASI/blob/v0.2.1/legacy/preview1/docs.md#errno">its specification</a>.
 */
final class Errno {
    static final int SUCCESS = 0;
    /** No open file has this descriptor, or it is not open for this. */
    static final int BADF = 8;
    static final int EXIST = 20;
    /** A pointer leads out of memory. */
    static final int FAULT = 21;
    /** A file would be larger than any can be. */
    static final int FBIG = 22;
    /** A path is not UTF-8. */
    static final int ILSEQ = 25;
    static final int INVAL = 28;
    static final int IO = 29;
    static final int ISDIR = 31;
    /** Too many descriptors. */
    static final int MFILE = 33;
    static final int NAMETOOLONG = 37;
    static final int NOENT = 44;
    /** The quota of files is used up. */
    static final int NOSPC = 51;
    static final int NOTDIR = 54;
    static final int NOTEMPTY = 55;
    static final int NOTSOCK = 57;
    static final int NOTSUP = 58;
    /** A stream cannot be positioned. */
    static final int SPIPE = 70;
    /** A path leads out of the directory it starts from. */
    static final int NOTCAPABLE = 76;

    private Errno() {}
}
