package io.zerostate.binary;

/** Nothing is stored under this digest. */
public final class MissingBinaryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param sha256 64 lower-case hex digits */
    public MissingBinaryException(String sha256) {
        super("no module is stored under sha256 " + sha256);
    }
}
