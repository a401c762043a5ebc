package io.zerostate.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.zerostate.binary.directory.DirectoryBinaryStore;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.Bus;
import io.zerostate.bus.CheckHealth;
import io.zerostate.bus.Health;
import io.zerostate.postgres.Answers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DependencyHealthTest {
    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = Bus.withCodecs(vertx);

    @AfterEach
    void close() {
        Answers.of(vertx.close());
    }

    private Health binaries(Path directory) {
        DirectoryBinaryStore store = new DirectoryBinaryStore(vertx.createSharedWorkerExecutor("files"), directory);
        Answers.of(vertx.deployVerticle(new DependencyHealth(bus, store, null)));
        return Answers.of(bus.request(Addresses.HEALTH_BINARIES, new CheckHealth()));
    }

    @Test
    void itSaysThatModulesCanBeStored(@TempDir Path directory) {
        assertThat(binaries(directory).up()).isTrue();
    }

    @Test
    void itSaysWhyTheyCannot(@TempDir Path directory) throws IOException {
        Health health = binaries(Files.createFile(directory.resolve("file")).resolve("below"));

        assertThat(health.up()).isFalse();
        assertThat(health.detail()).contains("file");
    }
}
