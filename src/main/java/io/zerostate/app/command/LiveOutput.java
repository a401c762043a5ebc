package io.zerostate.app.command;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * One stream of a running task. Live output arrives in pieces that may overlap, be missing, or not be the bytes that were written
 * (each piece was decoded as text): what is written here is contiguous, and the rest comes from the stored result.
 */
final class LiveOutput {
    private final PrintStream stream;
    private long position;
    private int attempt;

    LiveOutput(PrintStream stream) {
        this.stream = stream;
    }

    /** Each attempt writes from the start. */
    void restart(int attempt) {
        if (attempt != this.attempt) {
            this.attempt = attempt;
            position = 0;
        }
    }

    void write(long offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean wasDecodedWithLoss = text.indexOf('\uFFFD') >= 0;
        if (offset <= position && position < offset + bytes.length && !wasDecodedWithLoss) {
            int skip = (int) (position - offset);
            write(bytes, skip);
            position = offset + bytes.length;
        }
    }

    /** Writes what has not been written of the whole. */
    void complete(byte[] all) {
        if (position < all.length) {
            write(all, (int) position);
            position = all.length;
        }
    }

    private void write(byte[] bytes, int from) {
        stream.write(bytes, from, bytes.length - from);
        stream.flush();
    }
}
