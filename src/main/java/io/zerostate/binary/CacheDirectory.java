package io.zerostate.binary;

import io.zerostate.agent.BinaryRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Copies of modules as files {@code ROOT/ab/abcd...}. A file's time of change is that of its last use. What is here may be lost at
 * any time, so nothing is synced: a copy that a crash has damaged does not have its digest. Blocks the calling thread.
 */
public final class CacheDirectory {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final String UNFINISHED = ".tmp";

    private final Path root;
    private final InstantSource clock;

    /** Writes the content of a file that is not there under its name yet. */
    @FunctionalInterface
    interface Content {
        void writeTo(Path file) throws IOException;
    }

    /**
     * @param root made with the first use; for one node alone
     * @param clock the node's
     */
    public CacheDirectory(Path root, InstantSource clock) {
        this.root = root;
        this.clock = clock;
    }

    /** Clears away what a crash left unfinished, and says what is here, longest unused first. */
    List<BinaryRef> open() throws IOException {
        Files.createDirectories(root);
        try (Stream<Path> files = Files.list(root)) {
            for (Path unfinished : files.filter(file -> name(file).endsWith(UNFINISHED)).toList()) {
                Files.deleteIfExists(unfinished);
            }
        }
        try (Stream<Path> files = Files.walk(root, 2)) {
            return files.filter(file -> DIGEST.matcher(name(file)).matches())
                    .sorted(Comparator.comparingLong(file -> file.toFile().lastModified()))
                    .map(file -> new BinaryRef(name(file), file.toFile().length()))
                    .toList();
        }
    }

    /**
     * The content of a copy.
     *
     * @throws CorruptBinaryException when it is damaged
     */
    byte[] read(String sha256) throws IOException {
        Path file = path(sha256);
        byte[] content = Files.readAllBytes(file);
        Sha256.check(content, sha256);
        Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        return content;
    }

    /** Keeps a copy, which appears under its name when it is complete. */
    void write(String sha256, Content content) throws IOException {
        Path temporary = Files.createTempFile(root, "copy-", UNFINISHED);
        try {
            content.writeTo(temporary);
            Files.setLastModifiedTime(temporary, FileTime.from(clock.instant()));
            Path target = path(sha256);
            Files.createDirectories(target.getParent());
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Deletes a copy, if it is there. */
    void delete(String sha256) throws IOException {
        Files.deleteIfExists(path(sha256));
    }

    private Path path(String sha256) {
        String name = new BinaryRef(sha256, 0).sha256();
        return root.resolve(name.substring(0, 2)).resolve(name);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
