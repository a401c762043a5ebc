package io.zerostate.binary.s3;

import io.vertx.core.Vertx;
import io.zerostate.binary.BinaryStore;
import io.zerostate.binary.BinaryStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class S3BinaryStoreTest extends BinaryStoreContract {
    private Vertx vertx;
    private S3Server server;
    private S3BinaryStore store;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        server = new S3Server();
        store = new S3BinaryStore(vertx, vertx.createSharedWorkerExecutor("files", 4), server.settings());
    }

    @AfterEach
    void close() {
        store.close();
        server.close();
        vertx.close().await();
    }

    @Override
    protected BinaryStore store() {
        return store;
    }

    @Override
    protected void damage(String sha256) throws Exception {
        String key = key(sha256);
        byte[] content = server.content(key);
        content[0] ^= 1;
        server.overwrite(key, content);
    }

    @Override
    protected long objects() {
        return server.count();
    }

    private static String key(String sha256) {
        return "a-prefix/" + sha256.substring(0, 2) + "/" + sha256.substring(2, 4) + "/" + sha256;
    }
}
