package io.zerostate.agent;

import java.util.regex.Pattern;

/**
 * The address of a stored module: its content's digest. Equal modules are stored once.
 *
 * @param sha256 64 lower-case hex digits
 * @param sizeBytes length of the module
 */
public record BinaryRef(String sha256, long sizeBytes) {
    /** Largest module that can be uploaded: 50 MiB. */
    public static final long MAX_SIZE_BYTES = 50L * 1024 * 1024;

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    public BinaryRef {
        // The digest becomes a file name and an object key, so nothing else may get in here.
        if (!HEX.matcher(sha256).matches()) {
            throw new IllegalArgumentException("not a SHA-256 digest: " + sha256);
        }
        if (sizeBytes < 0) {
            throw new IllegalArgumentException("negative size: " + sizeBytes);
        }
    }
}
