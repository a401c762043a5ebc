package io.zerostate.postgres;

/** The database belongs to another node. Says so in one line for people, and carries no stack trace. */
public final class DatabaseInUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DatabaseInUseException(String message) {
        super(message, null, false, false);
    }
}
