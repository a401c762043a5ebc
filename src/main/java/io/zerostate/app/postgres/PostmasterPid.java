package io.zerostate.app.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The lock file {@code postmaster.pid} that a server keeps in its data directory. (Its lines are listed in PostgreSQL's
 * {@code src/include/utils/pidfile.h}: the first is the process id, the fourth the port.)
 */
record PostmasterPid(Path file, long pid) {

    static Optional<PostmasterPid> in(Path dataDirectory) throws IOException {
        Path file = dataDirectory.resolve("postmaster.pid");
        try {
            List<String> lines = Files.readAllLines(file);
            return Optional.of(new PostmasterPid(file, lines.isEmpty() ? 0 : Long.parseLong(lines.getFirst().strip())));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (NumberFormatException damaged) {
            return Optional.of(new PostmasterPid(file, 0));
        }
    }

    /**
     * Whether that process still is a PostgreSQL server. Another process may have its id by now: after a restart of a container
     * the same few ids are handed out again, and PostgreSQL then refuses to start.
     */
    boolean isAlive() throws IOException {
        return pid > 0 && ProcessHandle.of(pid).isPresent() && commandLine().contains("postgres");
    }

    /** Empty for a process that has ended and was not yet reaped. */
    private String commandLine() throws IOException {
        Path linux = Path.of("/proc", Long.toString(pid), "cmdline");
        try {
            // Readable by everybody, unlike the link to the program that ProcessHandle follows.
            return Files.isDirectory(Path.of("/proc/self"))
                    ? Files.readString(linux, StandardCharsets.ISO_8859_1)
                    : ProcessHandle.of(pid).flatMap(process -> process.info().command()).orElse("");
        } catch (NoSuchFileException gone) {
            return "";
        }
    }
}
