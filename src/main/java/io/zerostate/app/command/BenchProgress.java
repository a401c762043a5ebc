package io.zerostate.app.command;

import io.zerostate.app.bench.Progress;
import java.io.PrintStream;

/** One line that changes, for people only. */
final class BenchProgress implements Progress, AutoCloseable {
    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintStream stream;
    private final boolean terminal = Terminal.isStderr();

    BenchProgress(PrintStream stream) {
        this.stream = stream;
    }

    @Override
    public void at(boolean warmUp, long sent, long ended) {
        if (terminal) {
            stream.print(ERASE_LINE + (warmUp ? "warming up: " : "measuring: ") + sent + " tasks sent, " + ended + " ended");
        }
    }

    @Override
    public void close() {
        if (terminal) {
            stream.print(ERASE_LINE);
        }
    }
}
