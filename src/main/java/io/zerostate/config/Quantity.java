package io.zerostate.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers with units, as people write them: {@code 15s}, {@code 128MiB}. */
public final class Quantity {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,6})?) ?([A-Za-z]*)");

    private static final Map<String, Long> MILLISECONDS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    private static final Map<String, Long> BYTES =
            Map.of("", 1L, "B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

    private Quantity() {}

    /**
     * Reads a duration such as {@code 500ms}, {@code 15s}, {@code 1.5m}, {@code 2h} or {@code 1d}. A unit is required.
     *
     * @return milliseconds
     * @throws IllegalArgumentException with a message for people, when it is none
     */
    public static long milliseconds(String text) {
        return parse(text, MILLISECONDS, "a duration such as 500ms, 15s or 5m");
    }

    /**
     * Reads a size such as {@code 65536}, {@code 256KiB}, {@code 128MiB} or {@code 1GiB}.
     *
     * @return bytes
     * @throws IllegalArgumentException with a message for people, when it is none
     */
    public static long bytes(String text) {
        return parse(text, BYTES, "a size such as 65536, 256KiB or 128MiB");
    }

    /** The shortest exact form of a duration. */
    public static String ofMilliseconds(long milliseconds) {
        return format(milliseconds, MILLISECONDS, List.of("d", "h", "m", "s"), "ms");
    }

    /** The shortest exact form of a size. */
    public static String ofBytes(long bytes) {
        return format(bytes, BYTES, List.of("GiB", "MiB", "KiB"), "B");
    }

    private static long parse(String text, Map<String, Long> units, String what) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text.strip());
        Long factor = matcher.matches() ? units.get(matcher.group(2)) : null;
        if (factor == null) {
            throw new IllegalArgumentException("must be " + what);
        }
        try {
            return new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(factor)).longValueExact();
        } catch (ArithmeticException inexact) {
            throw new IllegalArgumentException("must be " + what + ", in whole units");
        }
    }

    private static String format(long value, Map<String, Long> units, List<String> largestFirst, String smallest) {
        for (String unit : largestFirst) {
            long factor = units.getOrDefault(unit, 1L);
            if (value != 0 && value % factor == 0) {
                return value / factor + unit;
            }
        }
        return value + smallest;
    }
}
