package io.zerostate.http;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ends: the id of its last item, which clients see as an opaque text. Ids are UUIDv7, so that newest first
 * is by descending id, and a page does not shift when new items arrive.
 */
final class Cursor {

    private static final int BYTES = 16;

    private Cursor() {}

    static String encode(UUID last) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        bytes.putLong(last.getMostSignificantBits()).putLong(last.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /**
     * Returns the id, or null for no cursor.
     *
     * @throws ProblemException 400 when the text is none of ours
     */
    static @Nullable UUID decode(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
            if (bytes.remaining() == BYTES) {
                return new UUID(bytes.getLong(), bytes.getLong());
            }
        } catch (IllegalArgumentException notBase64) {
            // Answered below, like a text of the wrong length.
        }
        throw Problem.invalidParameter("cursor", "is not the next_cursor of a page").exception();
    }

    /** Returns the cursor after a page, null when the page is not full and so is the last one. */
    static <T> @Nullable String after(List<T> page, int limit, Function<T, UUID> id) {
        return page.size() < limit ? null : encode(id.apply(page.getLast()));
    }
}
