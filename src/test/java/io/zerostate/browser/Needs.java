package io.zerostate.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs that some tests need and that a build does not: without them a test says that it was skipped and why. Where all of them
 * have to be there, {@code -Dzerostate.tests.need=chromium,node} makes it a failure.
 */
public final class Needs {
    private static final String REQUIRED = "zerostate.tests.need";

    private Needs() {}

    /** The program's file; skips the test where there is none. */
    public static Path program(String name) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> {
                    missing(name, "there is no " + name + " on the PATH");
                    throw new IllegalStateException();
                });
    }

    /** Ends the test, skipped or failed. */
    public static void missing(String name, String why) {
        if (List.of(System.getProperty(REQUIRED, "").split(",")).contains(name)) {
            Assertions.fail(why + ", and -D" + REQUIRED + " asks for it");
        }
        Assumptions.abort("skipped: " + why);
    }
}
