package io.zerostate.binary;

/** Nothing is stored under this digest. */
public final class MissingBinaryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MissingBinaryException(String sha256) {
        super("no module is stored under sha256 " + sha256);
    }
}
