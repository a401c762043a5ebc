package io.zerostate.app.command;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells people from machines at the other end of a standard stream. */
final class Terminal {
    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    private Terminal() {}

    static boolean isStdin() {
        return is(STDIN);
    }

    static boolean isStdout() {
        return is(STDOUT);
    }

    static boolean isStderr() {
        return is(STDERR);
    }

    /** Linux names what each descriptor is open on; elsewhere Java tells only whether stdin and stdout both are terminals. */
    private static boolean is(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException notLinux) {
            Console console = System.console();
            return console != null && console.isTerminal();
        }
    }
}
