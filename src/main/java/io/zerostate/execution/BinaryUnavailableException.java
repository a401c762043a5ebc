package io.zerostate.execution;

/** The module of a task could not be had: missing, corrupt, or its store cannot be reached. */
final class BinaryUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BinaryUnavailableException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
