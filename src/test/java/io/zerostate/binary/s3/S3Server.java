package io.zerostate.binary.s3;

import io.zerostate.config.S3Settings;
import java.net.URI;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.options.ListContainerOptions;

/** A real S3 server on a port of its own, with one bucket whose objects stay while the server is stopped. */
final class S3Server implements AutoCloseable {
    static final String BUCKET = "modules";
    static final String ACCESS_KEY = "an-access-key";
    static final String SECRET_KEY = "a-secret-that-nobody-logs";

    private final BlobStoreContext context;
    private S3Proxy server;
    private int port;

    S3Server() {
        Properties properties = new Properties();
        context = ContextBuilder.newBuilder("transient").overrides(properties).build(BlobStoreContext.class);
        objects().createContainerInLocation(null, BUCKET);
        start();
    }

    void start() {
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

    void stop() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    BlobStore objects() {
        return context.getBlobStore();
    }

    /** Puts {@code content} where a module is expected, behind everybody's back. */
    void overwrite(String key, byte[] content) {
        objects().putBlob(BUCKET, objects().blobBuilder(key).payload(content).contentLength(content.length).build());
    }

    byte[] content(String key) throws Exception {
        try (var in = objects().getBlob(BUCKET, key).getPayload().openStream()) {
            return in.readAllBytes();
        }
    }

    long count() {
        return objects().list(BUCKET, ListContainerOptions.Builder.recursive()).size();
    }

    S3Settings settings() {
        return settings(BUCKET, ACCESS_KEY, SECRET_KEY);
    }

    S3Settings settings(String bucket, String accessKey, String secretKey) {
        return new S3Settings(bucket, endpoint(), "us-east-1", true, "a-prefix/", accessKey, secretKey);
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
