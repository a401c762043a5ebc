package io.zerostate.binary.s3;

import io.zerostate.config.S3Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.TransientApiMetadata;
import org.jclouds.blobstore.options.ListContainerOptions;

/** A real S3 server on a port of its own, with one bucket whose objects stay while the server is stopped. */
public final class S3Server implements AutoCloseable {
    static final String BUCKET = "modules";
    static final String PREFIX = "a-prefix/";
    static final String ACCESS_KEY = "an-access-key";
    static final String SECRET_KEY = "a-secret-that-nobody-logs";

    private final BlobStoreContext context;
    private S3Proxy server;
    private int port;

    public S3Server() {
        context = ContextBuilder.newBuilder(new TransientApiMetadata()).build(BlobStoreContext.class);
        objects().createContainerInLocation(null, BUCKET);
        start();
    }

    public void start() {
        server = S3Proxy.builder()
                .blobStore(objects())
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
                // It keeps a signed body in memory, by default not more than 32 MiB of it.
                .v4MaxNonChunkedRequestSize(64 * 1024 * 1024)
                .build();
        try {
            server.start();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        port = server.getPort();
    }

    public void stop() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    BlobStore objects() {
        return context.getBlobStore();
    }

    void empty() {
        objects().clearContainer(BUCKET);
    }

    /** Changes a byte of a module, behind everybody's back. */
    void damage(String sha256) {
        byte[] content = content(sha256);
        content[0] ^= 1;
        overwrite(sha256, content);
    }

    void overwrite(String sha256, byte[] content) {
        BlobStore store = objects();
        store.putBlob(BUCKET, store.blobBuilder(key(sha256)).payload(content).contentLength(content.length).build());
    }

    byte[] content(String sha256) {
        try (InputStream in = objects().getBlob(BUCKET, key(sha256)).getPayload().openStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long count() {
        return objects().list(BUCKET, ListContainerOptions.Builder.recursive()).size();
    }

    private static String key(String sha256) {
        return PREFIX + sha256.substring(0, 2) + "/" + sha256.substring(2, 4) + "/" + sha256;
    }

    public S3Settings settings() {
        return settings(BUCKET, ACCESS_KEY, SECRET_KEY);
    }

    S3Settings settings(String bucket, String accessKey, String secretKey) {
        return new S3Settings(bucket, endpoint(), "us-east-1", true, PREFIX, accessKey, secretKey);
    }

    String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        stop();
        context.close();
    }
}
