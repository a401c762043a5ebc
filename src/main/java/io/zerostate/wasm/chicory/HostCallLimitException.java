package io.zerostate.wasm.chicory;

/** Unwinds a program that called its host too often. */
final class HostCallLimitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HostCallLimitException(long limit) {
        super("the program called its host more than " + limit + " times", null, false, false);
    }
}
