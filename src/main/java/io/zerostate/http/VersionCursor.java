package io.zerostate.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Where a page of versions ends: the number of its last one, which clients see as an opaque text. */
final class VersionCursor {

    private VersionCursor() {}

    static String encode(int number) {
        byte[] text = Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    /**
     * Returns the number, larger than any for no cursor.
     *
     * @throws ProblemException 400 when the text is none of ours
     */
    static int decode(@Nullable String cursor) {
        if (cursor == null) {
            return Integer.MAX_VALUE;
        }
        try {
            return Integer.parseInt(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException notOurs) {
            throw Problem.invalidParameter("cursor", "is not the next_cursor of a page").exception();
        }
    }
}
