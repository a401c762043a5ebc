package io.zerostate.wasm.chicory;

import io.zerostate.task.OutputStreamName;

/** Unwinds a program that wrote too much. */
final class OutputLimitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final OutputStreamName stream;
    private final long limitBytes;

    OutputLimitException(OutputStreamName stream, long limitBytes) {
        super(null, null, false, false);
        this.stream = stream;
        this.limitBytes = limitBytes;
    }

    OutputStreamName stream() {
        return stream;
    }

    long limitBytes() {
        return limitBytes;
    }
}
