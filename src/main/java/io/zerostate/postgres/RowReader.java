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

    public UUID uuid() {
        return required(row.getUUID(next++));
    }

    public @Nullable UUID uuidOrNull() {
        return row.getUUID(next++);
    }

    public String text() {
        return required(row.getString(next++));
    }

    public @Nullable String textOrNull() {
        return row.getString(next++);
    }

    public int integer() {
        return required(row.getInteger(next++));
    }

    public @Nullable Integer integerOrNull() {
        return row.getInteger(next++);
    }

    public long bigint() {
        return required(row.getLong(next++));
    }

    public double real() {
        return required(row.getDouble(next++));
    }

    public boolean bool() {
        return required(row.getBoolean(next++));
    }

    public Bytes bytes() {
        Buffer buffer = required(row.getBuffer(next++));
        return Bytes.of(buffer.getBytes());
    }

    public String[] texts() {
        return required(row.getArrayOfStrings(next++));
    }

    public Instant time() {
        return required(row.getOffsetDateTime(next++)).toInstant();
    }

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
