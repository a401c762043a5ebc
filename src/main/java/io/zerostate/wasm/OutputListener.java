package io.zerostate.wasm;

import io.zerostate.task.OutputStreamName;

/** Hears what a running program writes. */
@FunctionalInterface
public interface OutputListener {
    OutputListener NONE = (stream, buffer, offset, length) -> {};

    /**
     * Called on the thread that runs the program, so it must be quick.
     *
     * @param buffer valid only during the call
     */
    void wrote(OutputStreamName stream, byte[] buffer, int offset, int length);
}
