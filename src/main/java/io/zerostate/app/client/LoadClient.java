package io.zerostate.app.client;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A node, as seen by many requests at a time, which cost this process as little as can be: it often shares the machine with the node that it
 * measures. Safe from any thread; answers arrive on one event loop.
 */
public final class LoadClient implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(1);
    private static final long CLOSE_SECONDS = 10;

    private final URI server;
    private final String apiKey;
    private final Vertx vertx;
    private final Context loop;
    private final HttpClient http;

    /**
     * What a node answered.
     *
     * @param body empty where there was none
     */
    public record Answer(int status, Buffer body) {}

    LoadClient(URI server, String apiKey, int connections) {
        this.server = server;
        this.apiKey = apiKey;
        this.vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setFileSystemOptions(new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
        this.loop = vertx.getOrCreateContext();
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout((int) CONNECT_TIMEOUT.toMillis()),
                new PoolOptions().setHttp1MaxSize(connections));
    }

    /** Calls {@code action} on the event loop. */
    public void run(Runnable action) {
        loop.runOnContext(ignored -> action.run());
    }

    /** Posts JSON. Fails when there is no answer; to be called on the event loop. */
    public Future<Answer> post(String path, Buffer json) {
        return exchange(request(HttpMethod.POST, path).putHeader("Content-Type", "application/json"), json);
    }

    /** Fails when there is no answer; to be called on the event loop. */
    public Future<Answer> get(String path) {
        return exchange(request(HttpMethod.GET, path), Buffer.buffer());
    }

    private RequestOptions request(HttpMethod method, String path) {
        RequestOptions request = new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(server.resolve(path).toString())
                .setTimeout(ANSWER_TIMEOUT.toMillis());
        return apiKey.isEmpty() ? request : request.putHeader("Authorization", "Bearer " + apiKey);
    }

    private Future<Answer> exchange(RequestOptions options, Buffer body) {
        return http.request(options)
                .compose(request -> request.send(body))
                .compose(response -> response.body().map(bytes -> new Answer(response.statusCode(), bytes)));
    }

    @Override
    public void close() {
        try {
            vertx.close().await(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception late) {
            throw new IllegalStateException("the client does not close", late);
        }
    }
}
