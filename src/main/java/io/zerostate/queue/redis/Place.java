package io.zerostate.queue.redis;

import io.zerostate.bus.QueueEntry;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/**
 * A task's turn in line as text: two hexadecimal digits for the rank and 16 for the time, so that texts are in the order of the
 * line. Redis adds twelve for the order of arrival, and the id. (A score could not hold it: 53 bits are just enough for the time alone.)
 *
 * @param rank from -128 to 127
 * @param micros microseconds since 1970
 */
record Place(int rank, long micros) {
    private static final HexFormat HEX = HexFormat.of();
    private static final int RANK_DIGITS = 2;
    private static final int TURN_DIGITS = 18;
    private static final int PLACE_DIGITS = 30;
    private static final long MICROS_PER_SECOND = 1_000_000;

    /** Some 290,000 years either way. */
    private static final long MOST_SECONDS = Long.MAX_VALUE / MICROS_PER_SECOND - 1;

    Place {
        if (rank != (byte) rank) {
            throw new IllegalArgumentException("rank must be from -128 to 127, not " + rank);
        }
    }

    /** Rounds the time up to the microsecond, because nothing may be leased before its time. */
    static Place of(QueueEntry entry) {
        Instant time = entry.runAt();
        long seconds = Math.clamp(time.getEpochSecond(), -MOST_SECONDS, MOST_SECONDS);
        return new Place(entry.rank(), seconds * MICROS_PER_SECOND + (time.getNano() + 999) / 1_000);
    }

    /** What was leased, from the place and the id that it had in line. */
    static QueueEntry read(String member) {
        int rank = HexFormat.fromHexDigits(member, 0, RANK_DIGITS) + Byte.MIN_VALUE;
        long micros = HexFormat.fromHexDigitsToLong(member, RANK_DIGITS, TURN_DIGITS) + Long.MIN_VALUE;
        Instant runAt = Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND), Math.floorMod(micros, MICROS_PER_SECOND) * 1_000);
        return new QueueEntry(UUID.fromString(member.substring(PLACE_DIGITS)), rank, runAt);
    }

    /** Negative numbers come before positive ones. */
    String turn() {
        return HEX.toHexDigits((byte) (rank - Byte.MIN_VALUE)) + HEX.toHexDigits(micros - Long.MIN_VALUE);
    }

    /** When it may be leased, for Redis to compare with its clock. */
    String due() {
        return Long.toString(micros);
    }
}
