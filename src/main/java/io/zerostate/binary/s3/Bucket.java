package io.zerostate.binary.s3;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.zerostate.binary.MissingBinaryException;
import io.zerostate.config.S3Settings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * One bucket, or the part of it below a prefix: objects by key, with failures that people understand. It has to be there, and whoever the
 * credentials belong to has to be allowed to list it, without which S3 does not tell a missing object from a forbidden one. Safe from any
 * thread; answers on the caller's context.
 */
final class Bucket {
    /** Long enough for all tries to connect. */
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(8);

    /** Shorter than the node waits for the check. */
    private static final Duration CHECK_PATIENCE = Duration.ofMillis(1_500);

    private static final long SLOWEST_BYTES_PER_SECOND = 1024 * 1024;

    private final Vertx vertx;
    private final WorkerExecutor files;
    private final S3Settings settings;
    private final S3AsyncClient client;
    private final S3Failures failures;
    private final Reachability reachability = new Reachability(System::nanoTime);

    /**
     * @param files runs what blocks, which the search for credentials may, too; stays open
     * @param settings with a bucket
     */
    Bucket(Vertx vertx, WorkerExecutor files, S3Settings settings) {
        this.vertx = vertx;
        this.files = files;
        this.settings = settings;
        this.client = S3Clients.open(settings);
        this.failures = new S3Failures(settings);
    }

    /** @param bytes that {@code content} has */
    Future<Void> put(String key, String contentType, AsyncRequestBody content, long bytes) {
        Duration timeout = S3Clients.CALL_TIMEOUT.plusSeconds(bytes / SLOWEST_BYTES_PER_SECOND);
        return reachability.watch(call(() -> client.putObject(
                        put -> put.bucket(settings.bucket())
                                .key(settings.prefix() + key)
                                .contentType(contentType)
                                .overrideConfiguration(limits -> limits.apiCallTimeout(timeout)),
                        content))
                .recover(failure -> Future.failedFuture(failures.of(failure)))
                .mapEmpty());
    }

    /**
     * While the store is away this fails at once, most of the time, so that who can do without goes on.
     *
     * @param name for failures
     */
    Future<byte[]> get(String key, String name) {
        Throwable away = reachability.failure();
        if (away != null) {
            return Future.failedFuture(away);
        }
        return reachability.watch(call(() -> client.getObject(
                        get -> get.bucket(settings.bucket()).key(settings.prefix() + key), new WholeObject(name)))
                .recover(failure -> Future.failedFuture(failures.ofObject(failure, name))));
    }

    /** That nothing was there is no failure. */
    Future<Void> delete(String key, String name) {
        return call(() -> client.deleteObject(delete -> delete.bucket(settings.bucket()).key(settings.prefix() + key)))
                .recover(failure -> Future.failedFuture(failures.ofObject(failure, name)))
                .<Void>mapEmpty()
                .recover(failure -> failure instanceof MissingBinaryException
                        ? Future.succeededFuture()
                        : Future.failedFuture(failure));
    }

    /** Asks the server when the last call is more than a moment ago. */
    Future<Void> check() {
        Throwable away = reachability.failure();
        if (away != null) {
            return Future.failedFuture(away);
        }
        return reachability.isGood() ? Future.succeededFuture() : answered(reachability.watch(probe()));
    }

    /** That an answer is late is said here; that there is none, the probe itself finds out, and tells all readers. */
    private Future<Void> answered(Future<Void> probe) {
        return probe.timeout(CHECK_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> Future.failedFuture(
                        failure instanceof TimeoutException ? failures.late(CHECK_PATIENCE) : failure));
    }

    private Future<Void> probe() {
        return call(() -> client.headBucket(head -> head.bucket(settings.bucket())
                        .overrideConfiguration(limits -> limits.apiCallTimeout(PROBE_TIMEOUT))))
                .recover(failure -> Future.failedFuture(failures.of(failure)))
                .mapEmpty();
    }

    /** Closes the connections. Does not wait for the some two seconds that this takes: nothing of it keeps a process alive. */
    void close() {
        Thread.ofPlatform().daemon().name("zerostate-s3-close").start(client::close);
    }

    /** Begins a call on the pool, because the client looks for credentials on the thread that calls it. */
    private <T> Future<T> call(Supplier<CompletableFuture<T>> request) {
        Context context = vertx.getOrCreateContext();
        return files.executeBlocking(request::get, false)
                .compose(answer -> Future.fromCompletionStage(answer, context));
    }
}
