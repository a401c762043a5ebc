package io.zerostate.wasm.chicory;

import io.zerostate.task.Bytes;
import io.zerostate.task.CapturedOutput;
import io.zerostate.task.OutputStreamName;
import io.zerostate.wasm.OutputListener;
import java.util.Arrays;

/** Keeps what a program writes to one of its streams, up to a limit. Used by one thread. */
final class OutputCapture {
    private static final int FIRST_BYTES = 512;

    private final OutputStreamName stream;
    private final int limit;
    private final OutputListener listener;
    private byte[] buffer = {};
    private int size;
    private boolean truncated;

    OutputCapture(OutputStreamName stream, long limitBytes, OutputListener listener) {
        this.stream = stream;
        this.limit = (int) Math.min(limitBytes, Integer.MAX_VALUE - 16);
        this.listener = listener;
    }

    /**
     * Takes bytes out of memory, which must be there.
     *
     * @throws OutputLimitException when they are more than the limit allows; what fits was taken
     */
    void write(LinearMemory memory, int address, int length) {
        int taken = Math.min(length, limit - size);
        if (taken > 0) {
            reserve(size + taken);
            memory.copyOut(address, buffer, size, taken);
            size += taken;
            listener.wrote(stream, buffer, size - taken, taken);
        }
        if (taken < length) {
            truncated = true;
            throw new OutputLimitException(stream, limit);
        }
    }

    private void reserve(int needed) {
        if (needed > buffer.length) {
            long doubled = Math.max(FIRST_BYTES, buffer.length * 2L);
            buffer = Arrays.copyOf(buffer, (int) Math.min(limit, Math.max(needed, doubled)));
        }
    }

    CapturedOutput captured() {
        return new CapturedOutput(Bytes.of(size == buffer.length ? buffer : Arrays.copyOf(buffer, size)), truncated);
    }
}
