package io.zerostate.binary.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.zerostate.binary.BinaryStore;
import io.zerostate.binary.BinaryStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryBinaryStoreTest extends BinaryStoreContract {
    @TempDir
    Path directory;

    private Vertx vertx;
    private BinaryStore store;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        store = at(directory.resolve("data").resolve("binaries"));
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private BinaryStore at(Path root) {
        return new DirectoryBinaryStore(vertx.createSharedWorkerExecutor("files", 4), root);
    }

    @Override
    protected BinaryStore store() {
        return store;
    }

    @Override
    protected void damage(String sha256) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            Path file = files.filter(path -> path.endsWith(sha256)).findFirst().orElseThrow();
            byte[] content = Files.readAllBytes(file);
            content[0] ^= 1;
            Files.write(file, content);
        }
    }

    @Override
    protected long objects() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void aDirectoryThatCannotBeMadeFailsTheCheckWithItsName() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> at(file.resolve("below")).check().await())
                .hasMessageContaining(file.toString())
                .hasMessageContaining("cannot be written");
    }

    @Test
    void modulesLieUnderTheFirstFourDigitsOfTheirDigest() throws IOException {
        String sha256 = store.put(Files.writeString(directory.resolve("upload"), "abc")).await().sha256();
        assertThat(directory.resolve("data/binaries/ba/78").resolve(sha256)).hasContent("abc");
    }
}
