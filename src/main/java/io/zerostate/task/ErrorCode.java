package io.zerostate.task;

import java.util.Locale;

/**
 * Every way in which a run or a request can fail. One enum runs end to end: failure code on the bus, {@code type} of a
 * problem+json body, metric tag, and {@code failure.kind} of a task. Codes are append-only: a number never changes its meaning,
 * because nodes of two builds talk to each other during a rolling restart.
 */
public enum ErrorCode {
    // How an attempt ends when it does not exit with 0.
    /** The program exited with a code other than 0. */
    EXIT(1, 200, "The program exited with a non-zero code"),
    /** The program trapped: unreachable, out of bounds, division by zero, stack overflow. */
    TRAP(2, 200, "The program trapped"),
    /** The attempt did not end within its timeout. */
    TIMEOUT(3, 200, "The attempt ran out of time"),
    /** The program needs more linear memory than its limit. */
    MEMORY_EXCEEDED(4, 200, "The program needs more memory than its limit"),
    /** The program wrote more to stdout or stderr than its limit. */
    OUTPUT_EXCEEDED(5, 200, "The program wrote more output than its limit"),
    /** Somebody cancelled the task. */
    CANCELLED(6, 200, "The task was cancelled"),
    /** The module cannot run here at all; another attempt would end the same way. */
    REJECTED(7, 200, "The module cannot run"),
    /** The node that ran the attempt went away, or infrastructure failed underneath it. */
    LOST(8, 200, "The attempt was lost with its node"),

    // How a request is refused.
    INVALID_REQUEST(100, 400, "The request is not valid"),
    UNAUTHORIZED(101, 401, "The request carries no valid API key"),
    FORBIDDEN(102, 403, "The request is not allowed"),
    NOT_FOUND(103, 404, "There is nothing at this path"),
    AGENT_NOT_FOUND(104, 404, "There is no such agent"),
    TASK_NOT_FOUND(105, 404, "There is no such task"),
    METHOD_NOT_ALLOWED(106, 405, "The path does not take this method"),
    NOT_ACCEPTABLE(107, 406, "The answer cannot be given in an accepted media type"),
    TASK_NOT_FINISHED(108, 409, "The task has not ended yet"),
    TASK_FINISHED(109, 409, "The task has ended already"),
    TASK_RUNNING(110, 409, "The task is running"),
    AGENT_EXISTS(111, 409, "An agent of this name exists already"),
    AGENT_DELETED(112, 409, "The agent was deleted and takes no new tasks"),
    PAYLOAD_TOO_LARGE(113, 413, "The request body is too large"),
    UNSUPPORTED_MEDIA_TYPE(114, 415, "The request body has an unsupported media type"),
    INVALID_MODULE(115, 422, "The module was refused"),
    LIMIT_EXCEEDED(116, 422, "The request asks for more than a limit allows"),
    IDEMPOTENCY_MISMATCH(117, 422, "The Idempotency-Key was used with another request body"),
    TOO_MANY_REQUESTS(118, 429, "Too many tasks are waiting"),
    INTERNAL(119, 500, "The node failed"),
    UNAVAILABLE(120, 503, "A dependency of the node is not available");

    private final int number;
    private final int httpStatus;
    private final String title;

    ErrorCode(int number, int httpStatus, String title) {
        this.number = number;
        this.httpStatus = httpStatus;
        this.title = title;
    }

    /** The stable number, used as the failure code on the bus. */
    public int number() {
        return number;
    }

    /** The HTTP status of a request refused for this reason (200 for the ways a run ends: reading about them succeeds). */
    public int httpStatus() {
        return httpStatus;
    }

    /** One fixed English sentence, without a full stop. */
    public String title() {
        return title;
    }

    /** The lower-case name: {@code failure.kind}, {@code retry_on} and metric tags. */
    public String kind() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True for the ways an attempt ends, false for the ways a request is refused. */
    public boolean isRunFailure() {
        return number < 100;
    }

    /** The code with this number; {@link #INTERNAL} for one that a newer build knows and this one does not. */
    public static ErrorCode ofNumber(int number) {
        for (ErrorCode code : values()) {
            if (code.number == number) {
                return code;
            }
        }
        return INTERNAL;
    }

    /**
     * The code with this {@link #kind()}.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static ErrorCode ofKind(String kind) {
        return valueOf(kind.toUpperCase(Locale.ROOT));
    }
}
