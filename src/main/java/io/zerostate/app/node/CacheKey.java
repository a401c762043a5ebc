package io.zerostate.app.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.random.RandomGenerator;

/** The secret that compiled code in the cache is recognised by: configured, or a directory's own. */
public final class CacheKey {
    private static final String FILE = "code-cache.key";
    private static final int BYTES = 32;

    private CacheKey() {}

    /**
     * Makes one if there is none yet. Blocks. Of processes that do so at a time, all have the same key afterwards, or their cache is of no
     * use to the others until then.
     *
     * @param configured empty for the directory's own
     * @param directory which is there
     * @param random not guessable
     */
    public static byte[] of(String configured, Path directory, RandomGenerator random) throws IOException {
        if (!configured.isEmpty()) {
            return configured.getBytes(StandardCharsets.UTF_8);
        }
        Path file = directory.resolve(FILE);
        if (!Files.exists(file) || Files.size(file) != BYTES) {
            byte[] key = new byte[BYTES];
            random.nextBytes(key);
            // Nobody else's from the moment that it is there: not written first and protected then.
            var ownersAlone = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            Path unfinished = Files.createTempFile(directory, FILE, ".new", ownersAlone);
            Files.write(unfinished, key);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        return Files.readAllBytes(file);
    }
}
