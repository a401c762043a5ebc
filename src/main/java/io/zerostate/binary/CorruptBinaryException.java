package io.zerostate.binary;

/** What is stored under this digest is something else. It is never run. */
public final class CorruptBinaryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Both as 64 lower-case hex digits. */
    public CorruptBinaryException(String sha256, String actualSha256) {
        super("the module stored under sha256 " + sha256 + " has digest " + actualSha256);
    }

    /** It is larger than any module, so that nobody needs to read it. */
    public CorruptBinaryException(String sha256, long sizeBytes) {
        super("what is stored under sha256 " + sha256 + " has " + sizeBytes + " bytes, more than a module can have");
    }
}
