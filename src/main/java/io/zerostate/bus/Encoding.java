package io.zerostate.bus;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * How a value of one type is written to the wire and read back.
 *
 * @param writer appends the value
 * @param reader reads exactly what the writer appended
 */
record Encoding<T>(BiConsumer<WireWriter, T> writer, Function<WireReader, T> reader) {
    static final Encoding<Integer> INTEGER =
            new Encoding<>((out, value) -> out.number(value), WireReader::integer);
    static final Encoding<Long> NUMBER = new Encoding<>(WireWriter::number, WireReader::number);
    static final Encoding<String> TEXT = new Encoding<>(WireWriter::text, WireReader::text);
    static final Encoding<UUID> UUID = new Encoding<>(WireWriter::uuid, WireReader::uuid);
    static final Encoding<Instant> INSTANT = new Encoding<>(WireWriter::instant, WireReader::instant);

    /** A record, in a frame that its later fields can be appended to. Fields are read in the order they were written. */
    static <T> Encoding<T> framed(BiConsumer<WireWriter, T> fields, Function<WireReader, T> reader) {
        return new Encoding<>((out, value) -> out.frame(fields, value), in -> in.frame(reader));
    }

    /**
     * An enum, as a number of each constant that never changes its meaning.
     *
     * @param number not the ordinal, which changes with the order in the source
     */
    static <E extends Enum<E>> Encoding<E> ofEnum(E[] constants, ToIntFunction<E> number) {
        List<E> known = List.of(constants);
        return new Encoding<>((out, constant) -> out.number(number.applyAsInt(constant)), in -> {
            int wanted = in.integer();
            return known.stream()
                    .filter(constant -> number.applyAsInt(constant) == wanted)
                    .findFirst()
                    .orElseThrow(() -> in.broken(wanted + " is no " + known.getFirst().getDeclaringClass().getSimpleName()));
        });
    }

    static <T> Encoding<List<T>> listOf(Encoding<T> element) {
        return new Encoding<>((out, list) -> out.list(element, list), in -> in.list(element));
    }

    void write(WireWriter out, T value) {
        writer.accept(out, value);
    }

    T read(WireReader in) {
        return reader.apply(in);
    }
}
