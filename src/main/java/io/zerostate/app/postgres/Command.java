package io.zerostate.app.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A program and its arguments. */
record Command(List<String> words) {

    /** @param output stdout and stderr together */
    record Result(int exitCode, String output) {
        String lastLine() {
            return output.lines().filter(line -> !line.isBlank()).reduce("", (before, line) -> line).strip();
        }
    }

    /** Runs the program to its end on the calling thread. One that cannot be started at all ends with 127, as in a shell. */
    Result run() {
        ProcessBuilder builder = builder().redirectErrorStream(true);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException failure) {
            return new Result(127, String.valueOf(failure.getMessage()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Result(130, "interrupted");
        }
    }

    /** Not yet started; messages in English, and no variable of the caller reaches PostgreSQL. */
    ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_") || name.startsWith("LD_"));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }
}
