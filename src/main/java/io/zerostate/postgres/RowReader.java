package io.zerostate.postgres;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.zerostate.task.Bytes;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.Failure;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads a row's columns from left to right. Whoever reads keeps the list of columns beside the code that reads them: looking columns
 * up by name costs a search per value, on rows of forty columns.
 */
public final class RowReader {
    private final Row row;
    private int next;

    /** Starts at the first column. */
    public RowReader(Row row) {
        this(row, 0);
    }

    /** Starts at column {@code first}, counted from 0. */
    public RowReader(Row row, int first) {
        this.row = row;
        this.next = first;
    }

    /** True when the next column is null; does not move on. */
    public boolean atNull() {
        return row.getValue(next) == null;
    }

    /** The next column, a {@code uuid} that is not null. */
    public UUID uuid() {
        return required(row.getUUID(next++));
    }

    /** The next column, a {@code uuid}. */
    public @Nullable UUID uuidOrNull() {
        return row.getUUID(next++);
    }

    /** The next column, a {@code text} that is not null. */
    public String text() {
        return required(row.getString(next++));
    }

    /** The next column, a {@code text}. */
    public @Nullable String textOrNull() {
        return row.getString(next++);
    }

    /** The next column, an {@code int} that is not null. */
    public int integer() {
        return required(row.getInteger(next++));
    }

    /** The next column, an {@code int}. */
    public @Nullable Integer integerOrNull() {
        return row.getInteger(next++);
    }

    /** The next column, a {@code bigint} that is not null. */
    public long bigint() {
        return required(row.getLong(next++));
    }

    /** The next column, a {@code double precision} that is not null. */
    public double real() {
        return required(row.getDouble(next++));
    }

    /** The next column, a {@code bool} that is not null. */
    public boolean bool() {
        return required(row.getBoolean(next++));
    }

    /** The next column, a {@code bytea} that is not null. */
    public Bytes bytes() {
        Buffer buffer = required(row.getBuffer(next++));
        return Bytes.of(buffer.getBytes());
    }

    /** The next column, a {@code text[]} that is not null. */
    public String[] texts() {
        return required(row.getArrayOfStrings(next++));
    }

    /** The next column, a {@code timestamptz} that is not null. */
    public Instant time() {
        return required(row.getOffsetDateTime(next++)).toInstant();
    }

    /** The next column, a {@code timestamptz}. */
    public @Nullable Instant timeOrNull() {
        OffsetDateTime time = row.getOffsetDateTime(next++);
        return time == null ? null : time.toInstant();
    }

    /** Two columns, kind and message; null when both are. */
    public @Nullable Failure failureOrNull() {
        String kind = textOrNull();
        String message = textOrNull();
        return kind == null || message == null ? null : new Failure(ErrorCode.ofKind(kind), message);
    }

    private <T> T required(@Nullable T value) {
        return Objects.requireNonNull(value, () -> "column " + row.getColumnName(next - 1) + " is null");
    }
}
