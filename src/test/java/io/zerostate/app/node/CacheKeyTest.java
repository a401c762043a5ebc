package io.zerostate.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the key of the cache of compiled code comes from. */
class CacheKeyTest {
    @TempDir
    Path dataDir;

    @Test
    void aConfiguredKeyIsUsedAndNoneIsMade() throws Exception {
        assertThat(CacheKey.of("sixteen or more..", dataDir, new SecureRandom()))
                .isEqualTo("sixteen or more..".getBytes(StandardCharsets.UTF_8));
        assertThat(dataDir).isEmptyDirectory();
    }

    @Test
    void withoutOneTheDataDirectoryHasItsOwnThatOnlyItsOwnerCanRead() throws Exception {
        byte[] key = CacheKey.of("", dataDir, new SecureRandom());

        assertThat(key).hasSize(32);
        assertThat(Files.getPosixFilePermissions(dataDir.resolve("code-cache.key")))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        assertThat(CacheKey.of("", dataDir, new SecureRandom())).isEqualTo(key);
    }

    @Test
    void aKeyThatWasCutShortIsMadeAnew() throws Exception {
        Files.write(dataDir.resolve("code-cache.key"), new byte[3]);

        assertThat(CacheKey.of("", dataDir, new SecureRandom())).hasSize(32);
    }
}
