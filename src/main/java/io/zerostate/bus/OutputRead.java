package io.zerostate.bus;

import io.zerostate.task.Bytes;

/**
 * Answers {@link ReadOutput}.
 *
 * @param offset position of the first byte in its stream
 * @param bytes the next piece, which ends between two characters; empty where there is no more yet, or the attempt does not run (any more)
 */
public record OutputRead(long offset, Bytes bytes) implements BusMessage {}
