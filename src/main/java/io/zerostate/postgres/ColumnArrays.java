package io.zerostate.postgres;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import io.zerostate.task.Bytes;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a statement for many rows at once: one array per column, for {@code unnest($1, $2, ...)}. The statement is planned
 * and executed once, however many rows it has.
 *
 * @param <T> what a row is made of
 */
public final class ColumnArrays<T> {
    private final List<T> rows;
    private final Tuple tuple = Tuple.tuple();

    /** Columns are added in the order of the statement's parameters, each with a value per row. */
    public ColumnArrays(List<T> rows) {
        this.rows = rows;
    }

    /** A {@code uuid[]}. */
    public ColumnArrays<T> uuids(Function<T, @Nullable UUID> value) {
        return add(value, UUID[]::new);
    }

    /** Made {@link Storable}: one odd text must not refuse the other rows. */
    public ColumnArrays<T> texts(Function<T, @Nullable String> value) {
        return add(
                row -> {
                    String text = value.apply(row);
                    return text == null ? null : Storable.text(text);
                },
                String[]::new);
    }

    /** An {@code int[]}. */
    public ColumnArrays<T> integers(ToIntFunction<T> value) {
        return add(value::applyAsInt, Integer[]::new);
    }

    /** An {@code int[]} with nulls. */
    public ColumnArrays<T> integersOrNull(Function<T, @Nullable Integer> value) {
        return add(value, Integer[]::new);
    }

    /** A {@code bigint[]}. */
    public ColumnArrays<T> bigints(ToLongFunction<T> value) {
        return add(value::applyAsLong, Long[]::new);
    }

    /** A {@code double precision[]}. */
    public ColumnArrays<T> reals(Function<T, Double> value) {
        return add(value, Double[]::new);
    }

    /** A {@code bool[]}. */
    public ColumnArrays<T> booleans(Predicate<T> value) {
        return add(value::test, Boolean[]::new);
    }

    /** A {@code bytea[]}. */
    public ColumnArrays<T> bytes(Function<T, Bytes> value) {
        return add(row -> Buffer.buffer(value.apply(row).array()), Buffer[]::new);
    }

    /** A {@code timestamptz[]}. */
    public ColumnArrays<T> times(Function<T, Instant> value) {
        return add(row -> Storable.time(value.apply(row)), OffsetDateTime[]::new);
    }

    /** The columns so far, in the order in which they were added. */
    public Tuple tuple() {
        return tuple;
    }

    private <V> ColumnArrays<T> add(Function<T, ? extends @Nullable V> value, IntFunction<@Nullable V[]> array) {
        @Nullable V[] column = array.apply(rows.size());
        for (int i = 0; i < column.length; i++) {
            column[i] = value.apply(rows.get(i));
        }
        tuple.addValue(column);
        return this;
    }
}
