package io.zerostate.wasm.chicory;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Puts an HMAC-SHA-256 of a file's name and content in front of the content, and looks whether one is right. Safe from any thread. */
final class CodeSeal {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int CODE_BYTES = 32;

    private final SecretKeySpec key;

    /** @param key at least one byte */
    CodeSeal(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** The content as it is to be written to the file. */
    byte[] close(String name, byte[] content) {
        byte[] sealed = Arrays.copyOf(code(name, content, 0), CODE_BYTES + content.length);
        System.arraycopy(content, 0, sealed, CODE_BYTES, content.length);
        return sealed;
    }

    /** The content of a file; null when it was not {@link #close closed} under this name with this key. */
    byte @Nullable [] open(String name, byte[] sealed) {
        if (sealed.length < CODE_BYTES) {
            return null;
        }
        byte[] claimed = Arrays.copyOf(sealed, CODE_BYTES);
        return MessageDigest.isEqual(claimed, code(name, sealed, CODE_BYTES))
                ? Arrays.copyOfRange(sealed, CODE_BYTES, sealed.length)
                : null;
    }

    private byte[] code(String name, byte[] bytes, int offset) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(name.getBytes(StandardCharsets.UTF_8));
            // No name has this in it, so that no part of a content can pass for the end of a name.
            mac.update((byte) 0);
            mac.update(bytes, offset, bytes.length - offset);
            return mac.doFinal();
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JVM has " + ALGORITHM, e);
        }
    }
}
