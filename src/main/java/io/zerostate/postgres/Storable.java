package io.zerostate.postgres;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Values as PostgreSQL can keep them. What it cannot keep would refuse the whole statement, with all its other rows. */
public final class Storable {
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private Storable() {}

    /** {@code text} with each NUL, which PostgreSQL does not have in text, as the replacement character. */
    public static String text(String text) {
        return text.replace('\0', '\uFFFD');
    }

    /** {@code time}, or the nearest one from 1970 to 9999. (PostgreSQL's times end in the year 294276, those of ISO 8601 in 9999.) */
    public static OffsetDateTime time(Instant time) {
        Instant bounded = time.isBefore(EARLIEST) ? EARLIEST : time.isAfter(LATEST) ? LATEST : time;
        return OffsetDateTime.ofInstant(bounded, ZoneOffset.UTC);
    }
}
