package io.zerostate.app.client;

/** The statuses that commands tell apart. */
public final class HttpStatus {
    public static final int FIRST_FAILURE = 400;
    public static final int NOT_FOUND = 404;
    public static final int CONFLICT = 409;

    private HttpStatus() {}
}
