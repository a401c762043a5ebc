package io.zerostate.execution;

/** The store answers, and what it has is not the module of the task: it is missing or corrupt. */
final class BinaryUnusableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BinaryUnusableException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
