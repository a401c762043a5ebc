package io.zerostate.app.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The secret that compiled code in the cache is recognised by: configured, or the data directory's own. */
final class CacheKey {
    private static final String FILE = "code-cache.key";
    private static final int BYTES = 32;

    private CacheKey() {}

    /**
     * Makes one if there is none yet. Blocks.
     *
     * @param configured empty for the data directory's own
     * @param dataDir locked by this node
     * @param random not guessable
     */
    static byte[] of(String configured, Path dataDir, RandomGenerator random) throws IOException {
        if (!configured.isEmpty()) {
            return configured.getBytes(StandardCharsets.UTF_8);
        }
        Path file = dataDir.resolve(FILE);
        if (Files.exists(file) && Files.size(file) == BYTES) {
            return Files.readAllBytes(file);
        }
        Files.deleteIfExists(file);
        byte[] key = new byte[BYTES];
        random.nextBytes(key);
        // Nobody else's from the moment that it is there: not written first and protected then.
        var ownersAlone = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownersAlone)) {
            channel.write(ByteBuffer.wrap(key));
        }
        return key;
    }
}
