package io.zerostate.app.postgres;

import java.io.IOException;
import java.util.List;

/**
 * Stops the server when the node dies without a word. A shell waits on a pipe whose other end only this process holds: when the
 * kernel closes it, for whatever reason, the shell asks the server to shut down (SIGINT is PostgreSQL's fast shutdown).
 */
final class ProcessWatch implements AutoCloseable {
    private static final String SCRIPT = "trap '' HUP INT QUIT TERM; read -r _; kill -INT \"$1\" 2>/dev/null";

    private final Process shell;

    private ProcessWatch(Process shell) {
        this.shell = shell;
    }

    static ProcessWatch on(long pid) throws IOException {
        ProcessBuilder builder = new Command(List.of("sh", "-c", SCRIPT, "sh", Long.toString(pid))).builder();
        return new ProcessWatch(builder.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** Ends the watch, without stopping the server. */
    @Override
    public void close() {
        shell.destroyForcibly();
    }
}
