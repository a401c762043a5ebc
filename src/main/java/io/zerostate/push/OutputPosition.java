package io.zerostate.push;

import io.zerostate.bus.TaskEvent;
import io.zerostate.task.Bytes;
import io.zerostate.task.OutputStreamName;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How far a client is in one output stream of the current attempt. */
final class OutputPosition {
    private final OutputStreamName stream;
    private long next;
    /** The end of what was heard, told or not. */
    private long heard;

    OutputPosition(OutputStreamName stream) {
        this.stream = stream;
    }

    OutputStreamName stream() {
        return stream;
    }

    /** The offset of the first byte that was not told. */
    long next() {
        return next;
    }

    void moveTo(long position) {
        next = position;
        heard = Math.max(heard, position);
    }

    void restart(long position) {
        next = position;
        heard = position;
    }

    void hear(TaskEvent.Wrote wrote) {
        heard = Math.max(heard, endOf(wrote));
    }

    /** True when something was heard that was never told. */
    boolean isBehind() {
        return next < heard;
    }

    /** What of this is new to the client; the same object when all of it is, null when nothing. */
    TaskEvent.@Nullable Wrote newsOf(TaskEvent.Wrote wrote) {
        if (endOf(wrote) <= next) {
            return null;
        }
        if (wrote.offset() >= next) {
            return wrote;
        }
        byte[] bytes = wrote.bytes().array();
        Bytes rest = Bytes.of(Arrays.copyOfRange(bytes, (int) (next - wrote.offset()), bytes.length));
        return new TaskEvent.Wrote(wrote.taskId(), wrote.tenantId(), wrote.attempt(), stream, next, rest);
    }

    static long endOf(TaskEvent.Wrote wrote) {
        return wrote.offset() + wrote.bytes().length();
    }
}
