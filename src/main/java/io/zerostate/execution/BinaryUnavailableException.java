package io.zerostate.execution;

/** The module of a task cannot be had for now, because its store is away. Says nothing about the module. */
final class BinaryUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BinaryUnavailableException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
