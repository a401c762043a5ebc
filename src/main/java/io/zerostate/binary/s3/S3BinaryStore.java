package io.zerostate.binary.s3;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.zerostate.agent.BinaryRef;
import io.zerostate.binary.ArtifactStore;
import io.zerostate.binary.BinaryStore;
import io.zerostate.binary.Sha256;
import io.zerostate.config.S3Settings;
import io.zerostate.task.Bytes;
import java.nio.file.Path;
import software.amazon.awssdk.core.async.AsyncRequestBody;

/**
 * Modules as objects {@code PREFIXab/cd/abcd...} of one bucket, named by their digest. Storing one again writes it again: what is there
 * may have been damaged.
 */
public final class S3BinaryStore implements BinaryStore, AutoCloseable {
    private final WorkerExecutor files;
    private final Bucket bucket;

    /**
     * @param files runs what blocks, which the search for credentials may, too; stays open
     * @param settings with a bucket
     */
    public S3BinaryStore(Vertx vertx, WorkerExecutor files, S3Settings settings) {
        this.files = files;
        this.bucket = new Bucket(vertx, files, settings);
    }

    /** What is made from modules, in the same bucket; usable until this is closed. */
    public ArtifactStore artifacts() {
        return new S3ArtifactStore(bucket);
    }

    @Override
    public Future<BinaryRef> put(Path file) {
        return files.executeBlocking(() -> Sha256.ofFile(file), false)
                .compose(ref -> bucket.put(key(ref.sha256()), "application/wasm", AsyncRequestBody.fromFile(file), ref.sizeBytes())
                        .map(ref));
    }

    @Override
    public Future<Bytes> get(String sha256) {
        return Future.succeededFuture(sha256)
                .map(S3BinaryStore::key)
                .compose(key -> bucket.get(key, sha256))
                .compose(bytes -> files.executeBlocking(
                        () -> {
                            Sha256.check(bytes, sha256);
                            return Bytes.of(bytes);
                        },
                        false));
    }

    @Override
    public Future<Void> delete(String sha256) {
        return bucket.delete(key(sha256), sha256);
    }

    @Override
    public Future<Void> check() {
        return bucket.check();
    }

    @Override
    public void close() {
        bucket.close();
    }

    private static String key(String sha256) {
        String name = new BinaryRef(sha256, 0).sha256();
        return name.substring(0, 2) + "/" + name.substring(2, 4) + "/" + name;
    }
}
