package io.zerostate.binary.s3;

import io.vertx.core.Future;
import io.zerostate.binary.ArtifactStore;
import io.zerostate.task.Bytes;
import software.amazon.awssdk.core.async.AsyncRequestBody;

/** Artifacts as objects {@code PREFIXmade/NAME}, beside the modules. */
final class S3ArtifactStore implements ArtifactStore {
    private final Bucket bucket;

    S3ArtifactStore(Bucket bucket) {
        this.bucket = bucket;
    }

    @Override
    public Future<Void> put(String name, Bytes content) {
        return bucket.put(key(name), "application/octet-stream", AsyncRequestBody.fromBytes(content.array()), content.length());
    }

    @Override
    public Future<Bytes> get(String name) {
        return bucket.get(key(name), name).map(Bytes::of);
    }

    private static String key(String name) {
        return "made/" + name;
    }
}
