package io.zerostate.task;

/**
 * What was kept of one output stream.
 *
 * @param bytes from the first byte on, at most the stream's limit
 * @param truncated true when the program wrote more than was kept
 */
public record CapturedOutput(Bytes bytes, boolean truncated) {
    public static final CapturedOutput NONE = new CapturedOutput(Bytes.EMPTY, false);
}
