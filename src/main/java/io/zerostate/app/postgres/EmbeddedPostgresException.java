package io.zerostate.app.postgres;

/** The embedded server cannot be started. The message is one line for people. */
public final class EmbeddedPostgresException extends Exception {
    private static final long serialVersionUID = 1L;

    EmbeddedPostgresException(String message) {
        super(message);
    }

    EmbeddedPostgresException(String message, Throwable cause) {
        super(message, cause);
    }
}
