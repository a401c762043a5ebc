package io.zerostate.bus;

import io.vertx.core.buffer.Buffer;
import io.zerostate.task.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link WireWriter} wrote. Every length is checked against what is left before anything is allocated by it; whatever
 * does not fit ends in a {@link WireFormatException}.
 */
final class WireReader {
    private static final long MAX_NANO = 999_999_999;

    private final Buffer buffer;
    private int position;
    private int limit;

    /**
     * @param position of the first byte to read
     */
    WireReader(Buffer buffer, int position) {
        this.buffer = buffer;
        this.position = position;
        this.limit = buffer.length();
    }

    long number() {
        long zigzag = varint();
        return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    int integer() {
        long value = number();
        if (value != (int) value) {
            throw broken(value + " is not an int");
        }
        return (int) value;
    }

    boolean flag() {
        byte value = buffer.getByte(take(1));
        if (value != 0 && value != 1) {
            throw broken(value + " is not a flag");
        }
        return value == 1;
    }

    double decimal() {
        return buffer.getDouble(take(Double.BYTES));
    }

    String text() {
        byte[] utf8 = lengthAndBytes();
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException e) {
            throw broken("text is not UTF-8");
        }
    }

    Bytes bytes() {
        return Bytes.of(lengthAndBytes());
    }

    UUID uuid() {
        int start = take(2 * Long.BYTES);
        return new UUID(buffer.getLong(start), buffer.getLong(start + Long.BYTES));
    }

    Instant instant() {
        return Instant.ofEpochSecond(number(), nanoseconds());
    }

    Duration duration() {
        return Duration.ofSeconds(number(), nanoseconds());
    }

    <T> T value(Encoding<T> encoding) {
        return encoding.read(this);
    }

    <T> @Nullable T nullable(Encoding<T> encoding) {
        return flag() ? encoding.read(this) : null;
    }

    /** An element that its encoding reads as null, because it is of a kind that this build does not know, is left out. */
    <T> List<T> list(Encoding<T> encoding) {
        int count = count();
        List<T> elements = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            T element = encoding.read(this);
            if (element != null) {
                elements.add(element);
            }
        }
        return elements;
    }

    <K, V> Map<K, V> map(Encoding<K> keys, Encoding<V> values) {
        int count = count();
        Map<K, V> map = HashMap.newHashMap(count);
        for (int i = 0; i < count; i++) {
            K key = keys.read(this);
            map.put(key, values.read(this));
        }
        return map;
    }

    /** Reads the fields that this build knows, and skips what a newer one appended to them. */
    <T> T frame(Function<WireReader, T> fields) {
        int length = buffer.getInt(take(Integer.BYTES));
        if (length < 0 || length > limit - position) {
            throw broken("a record of " + length + " bytes, but " + (limit - position) + " are left");
        }
        int end = position + length;
        int outerLimit = limit;
        limit = end;
        T value = fields.apply(this);
        limit = outerLimit;
        position = end;
        return value;
    }

    /** True while the record being read has more fields; a field that an older build does not write is read only then. */
    boolean hasMore() {
        return position < limit;
    }

    /** To be thrown for something that no build up to this one writes. */
    WireFormatException broken(String what) {
        return new WireFormatException(what + ", at byte " + position);
    }

    private int take(int length) {
        if (length > limit - position) {
            throw broken(length + " more bytes wanted, but " + (limit - position) + " are left");
        }
        int start = position;
        position += length;
        return start;
    }

    private byte[] lengthAndBytes() {
        int length = count();
        int start = take(length);
        return buffer.getBytes(start, start + length);
    }

    /** A length or a number of elements: each takes a byte at least, so there cannot be more than bytes are left. */
    private int count() {
        long count = varint();
        if (count < 0 || count > limit - position) {
            throw broken("a length of " + count + ", but " + (limit - position) + " bytes are left");
        }
        return (int) count;
    }

    private long nanoseconds() {
        long nanoseconds = varint();
        if (nanoseconds < 0 || nanoseconds > MAX_NANO) {
            throw broken(nanoseconds + " is not a part of a second in nanoseconds");
        }
        return nanoseconds;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = buffer.getByte(take(1));
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw broken("a number of more than ten bytes");
    }
}
