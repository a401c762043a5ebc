package io.zerostate.app.command;

import java.io.PrintStream;

/**
 * One stream of a running task. Live output arrives in pieces that may overlap, or be missing where a program writes more than is told
 * live.
 *
 * <p>A person at a terminal sees each piece when it comes. Whoever reads a file or a pipe gets exactly the bytes of the result: from
 * the first gap on they come when the task has ended.
 */
final class LiveOutput {
    private final PrintStream stream;
    private final boolean mayLeaveGaps;
    private long position;
    private int attempt;
    private boolean exact = true;

    /** @param mayLeaveGaps whether {@code stream} is a terminal */
    LiveOutput(PrintStream stream, boolean mayLeaveGaps) {
        this.stream = stream;
        this.mayLeaveGaps = mayLeaveGaps;
    }

    /** Each attempt writes from the start. */
    void restart(int attempt) {
        if (attempt != this.attempt) {
            this.attempt = attempt;
            position = 0;
            exact = true;
        }
    }

    void write(long offset, byte[] bytes) {
        if (exact && offset <= position) {
            if (position < offset + bytes.length) {
                write(bytes, (int) (position - offset));
                position = offset + bytes.length;
            }
        } else if (mayLeaveGaps && offset >= position) {
            exact = false;
            write(bytes, 0);
            position = offset + bytes.length;
        }
    }

    /** Writes what has not been written of the whole. */
    void complete(byte[] all) {
        if (exact && position < all.length) {
            write(all, (int) position);
            position = all.length;
        }
    }

    private void write(byte[] bytes, int from) {
        stream.write(bytes, from, bytes.length - from);
        stream.flush();
    }
}
