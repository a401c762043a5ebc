package io.zerostate.app.client;

/** A node refused a request, or could not be reached. The message is one line for people. */
public final class ApiException extends Exception {
    private static final long serialVersionUID = 1L;

    /** No answer came. */
    public static final int NO_STATUS = 0;

    private final int status;

    ApiException(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** The HTTP status, or {@link #NO_STATUS}. */
    public int status() {
        return status;
    }
}
