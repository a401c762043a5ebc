package io.zerostate.binary.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.zerostate.binary.BinaryStore;
import io.zerostate.binary.BinaryStoreContract;
import io.zerostate.binary.MissingBinaryException;
import io.zerostate.task.Bytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3BinaryStoreTest extends BinaryStoreContract {
    private final Vertx vertx = Vertx.vertx();
    private S3Server server;
    private S3BinaryStore store;

    @BeforeAll
    void open() {
        server = new S3Server();
        store = new S3BinaryStore(vertx, vertx.createSharedWorkerExecutor("files", 4), server.settings());
    }

    @AfterAll
    void close() {
        store.close();
        vertx.close().await();
        server.close();
    }

    @BeforeEach
    void empty() {
        server.empty();
    }

    @Test
    void whatIsMadeFromModulesIsKeptByNameBesideThem() {
        assertThatThrownBy(() -> store.artifacts().get("a.b-1").await()).isInstanceOf(MissingBinaryException.class);
        store.artifacts().put("a.b-1", Bytes.ofUtf8("first")).await();
        store.artifacts().put("a.b-1", Bytes.ofUtf8("second")).await();
        assertThat(store.artifacts().get("a.b-1").await()).isEqualTo(Bytes.ofUtf8("second"));
    }

    @Override
    protected BinaryStore store() {
        return store;
    }

    @Override
    protected void damage(String sha256) throws Exception {
        server.damage(sha256);
    }

    @Override
    protected long objects() {
        return server.count();
    }
}
