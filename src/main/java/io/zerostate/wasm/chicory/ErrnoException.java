package io.zerostate.wasm.chicory;

/** A function of preview 1 failed. Everyday business of programs, so it carries no stack trace. */
final class ErrnoException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int errno;

    ErrnoException(int errno) {
        super(null, null, false, false);
        this.errno = errno;
    }

    int errno() {
        return errno;
    }
}
