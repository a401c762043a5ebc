package io.zerostate.app.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The process's output in UTF-8, whatever the locale says: JSON and agents' output are UTF-8. Unbuffered.
 *
 * @param out what a command answers
 * @param err what it says beside
 */
public record StandardStreams(PrintStream out, PrintStream err) {

    /** Streams on this process's stdout and stderr. */
    public static StandardStreams open() {
        return new StandardStreams(
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    }
}
