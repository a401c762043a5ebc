package io.zerostate.binary;

import io.zerostate.agent.BinaryRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digest that modules are known by, for the adapters. Blocks the calling thread for as long as hashing takes. */
public final class Sha256 {
    private static final int BUFFER_BYTES = 128 * 1024;

    private Sha256() {}

    /** The digest of a file's content as it is now, and its length. */
    public static BinaryRef ofFile(Path file) throws IOException {
        MessageDigest digest = begin();
        long size = 0;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                size += read;
            }
        }
        return new BinaryRef(end(digest), size);
    }

    /**
     * Does nothing when {@code content} is what was asked for.
     *
     * @throws CorruptBinaryException when it has another digest
     */
    public static void check(byte[] content, String sha256) {
        MessageDigest digest = begin();
        digest.update(content);
        String actual = end(digest);
        if (!actual.equals(sha256)) {
            throw new CorruptBinaryException(sha256, actual);
        }
    }

    /** A digest of nothing yet, for who hashes while copying. */
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The digest as 64 lower-case hex digits. */
    public static String end(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
