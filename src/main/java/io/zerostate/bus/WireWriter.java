package io.zerostate.bus;

import io.vertx.core.buffer.Buffer;
import io.zerostate.task.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Appends values to a buffer. Equal values give equal bytes. The form of each is what {@link WireReader} reads:
 *
 * <ul>
 *   <li>whole numbers as zigzag varints (least significant seven bits first, small magnitudes short), lengths and counts as plain
 *       varints; a double as its eight bytes, the highest first
 *   <li>a flag as one byte, 0 or 1; a value that may be missing as a flag and, after 1, the value
 *   <li>text as UTF-8 and bytes as they are, after their length; a UUID as its sixteen bytes
 *   <li>times and durations as seconds and nanoseconds, so that none loses precision
 *   <li>lists and maps as a count and their elements
 *   <li>records as a frame: four bytes of length, then the fields. The length lets a reader skip the fields that it does not know.
 * </ul>
 */
final class WireWriter {
    private final Buffer buffer;

    WireWriter(Buffer buffer) {
        this.buffer = buffer;
    }

    WireWriter number(long value) {
        return varint((value << 1) ^ (value >> 63));
    }

    WireWriter flag(boolean value) {
        buffer.appendByte((byte) (value ? 1 : 0));
        return this;
    }

    WireWriter decimal(double value) {
        buffer.appendDouble(value);
        return this;
    }

    WireWriter text(String value) {
        return lengthAndBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    WireWriter bytes(Bytes value) {
        return lengthAndBytes(value.array());
    }

    WireWriter uuid(UUID value) {
        buffer.appendLong(value.getMostSignificantBits()).appendLong(value.getLeastSignificantBits());
        return this;
    }

    WireWriter instant(Instant value) {
        return number(value.getEpochSecond()).varint(value.getNano());
    }

    WireWriter duration(Duration value) {
        return number(value.getSeconds()).varint(value.getNano());
    }

    <T> WireWriter value(Encoding<T> encoding, T value) {
        encoding.write(this, value);
        return this;
    }

    <T> WireWriter nullable(Encoding<T> encoding, @Nullable T value) {
        flag(value != null);
        return value == null ? this : value(encoding, value);
    }

    <T> WireWriter list(Encoding<T> encoding, Collection<T> elements) {
        varint(elements.size());
        elements.forEach(element -> encoding.write(this, element));
        return this;
    }

    /** Writes the entries by ascending key, because an immutable map iterates in another order in each JVM. */
    <K extends Comparable<K>, V> WireWriter map(Encoding<K> keys, Encoding<V> values, Map<K, V> map) {
        varint(map.size());
        new TreeMap<>(map).forEach((key, value) -> value(keys, key).value(values, value));
        return this;
    }

    <T> WireWriter frame(BiConsumer<WireWriter, T> fields, T value) {
        int start = buffer.length();
        buffer.appendInt(0);
        fields.accept(this, value);
        buffer.setInt(start, buffer.length() - start - Integer.BYTES);
        return this;
    }

    private WireWriter lengthAndBytes(byte[] bytes) {
        varint(bytes.length);
        buffer.appendBytes(bytes);
        return this;
    }

    private WireWriter varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer.appendByte((byte) (rest | 0x80));
            rest >>>= 7;
        }
        buffer.appendByte((byte) rest);
        return this;
    }
}
