package io.zerostate.task;

/** A request was understood and refused. Carries no stack trace: it is an answer, not a fault of ours. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    /**
     * @param code the reason
     * @param detail one line that names the field and the limit, where there is one
     */
    public RefusedException(ErrorCode code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    /** The kind of refusal. */
    public ErrorCode code() {
        return code;
    }

    /** Never null: every refusal says why. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** True for a failure that says that something could not be reached, rather than that it refused. */
    public static boolean isUnavailable(Throwable failure) {
        return failure instanceof RefusedException refused && refused.code() == ErrorCode.UNAVAILABLE;
    }
}
