package io.zerostate.binary.s3;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.zerostate.agent.BinaryRef;
import io.zerostate.binary.BinaryStore;
import io.zerostate.binary.MissingBinaryException;
import io.zerostate.binary.Sha256;
import io.zerostate.config.S3Settings;
import io.zerostate.task.Bytes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * Modules as objects {@code PREFIXab/cd/abcd...} of one bucket, named by their digest. Storing one again writes it again: what is there
 * may have been damaged. The bucket has to be there, and whoever the credentials belong to has to be allowed to list it, without
 * which S3 does not tell a missing object from a forbidden one.
 */
public final class S3BinaryStore implements BinaryStore, AutoCloseable {
    /** Long enough for all tries to connect. */
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(8);

    /** Shorter than the node waits for the check. */
    private static final Duration CHECK_PATIENCE = Duration.ofMillis(1_500);

    private static final long SLOWEST_BYTES_PER_SECOND = 1024 * 1024;

    private final Vertx vertx;
    private final WorkerExecutor files;
    private final String bucket;
    private final String prefix;
    private final S3AsyncClient client;
    private final S3Failures failures;
    private final Reachability reachability = new Reachability(System::nanoTime);

    /**
     * @param files runs what blocks, which the search for credentials may, too; stays open
     * @param settings with a bucket
     */
    public S3BinaryStore(Vertx vertx, WorkerExecutor files, S3Settings settings) {
        this.vertx = vertx;
        this.files = files;
        this.bucket = settings.bucket();
        this.prefix = settings.prefix();
        this.client = S3Clients.open(settings);
        this.failures = new S3Failures(settings);
    }

    @Override
    public Future<BinaryRef> put(Path file) {
        return files.executeBlocking(() -> Sha256.ofFile(file), false)
                .compose(ref -> reachability.watch(send(file, ref)).map(ref));
    }

    private Future<Void> send(Path file, BinaryRef ref) {
        Duration timeout = S3Clients.CALL_TIMEOUT.plusSeconds(ref.sizeBytes() / SLOWEST_BYTES_PER_SECOND);
        return call(() -> client.putObject(
                        put -> put.bucket(bucket)
                                .key(key(ref.sha256()))
                                .contentType("application/wasm")
                                .overrideConfiguration(limits -> limits.apiCallTimeout(timeout)),
                        AsyncRequestBody.fromFile(file)))
                .recover(failure -> Future.failedFuture(failures.of(failure)))
                .mapEmpty();
    }

    /** While the store is away this fails at once, most of the time, so that the tasks that have what they need go on. */
    @Override
    public Future<Bytes> get(String sha256) {
        return Future.succeededFuture(sha256).map(this::key).compose(key -> {
            Throwable away = reachability.failure();
            return away == null ? fetch(sha256, key) : Future.failedFuture(away);
        });
    }

    private Future<Bytes> fetch(String sha256, String key) {
        Future<byte[]> content = call(() -> client.getObject(get -> get.bucket(bucket).key(key), new WholeObject(sha256)))
                .recover(failure -> Future.failedFuture(failures.ofObject(failure, sha256)));
        return reachability.watch(content)
                .compose(bytes -> files.executeBlocking(
                        () -> {
                            Sha256.check(bytes, sha256);
                            return Bytes.of(bytes);
                        },
                        false));
    }

    @Override
    public Future<Void> delete(String sha256) {
        return call(() -> client.deleteObject(delete -> delete.bucket(bucket).key(key(sha256))))
                .recover(failure -> Future.failedFuture(failures.ofObject(failure, sha256)))
                .<Void>mapEmpty()
                .recover(failure -> failure instanceof MissingBinaryException
                        ? Future.succeededFuture()
                        : Future.failedFuture(failure));
    }

    /** Asks the server when the last call is more than a moment ago. */
    @Override
    public Future<Void> check() {
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
        return call(() -> client.headBucket(head -> head.bucket(bucket)
                        .overrideConfiguration(limits -> limits.apiCallTimeout(PROBE_TIMEOUT))))
                .recover(failure -> Future.failedFuture(failures.of(failure)))
                .mapEmpty();
    }

    /** Closes the connections. Does not wait for the some two seconds that this takes: nothing of it keeps a process alive. */
    @Override
    public void close() {
        Thread.ofPlatform().daemon().name("zerostate-s3-close").start(client::close);
    }

    private String key(String sha256) {
        String name = new BinaryRef(sha256, 0).sha256();
        return prefix + name.substring(0, 2) + "/" + name.substring(2, 4) + "/" + name;
    }

    /** Begins a call on the pool, because the client looks for credentials on the thread that calls it. */
    private <T> Future<T> call(Supplier<CompletableFuture<T>> request) {
        Context context = vertx.getOrCreateContext();
        return files.executeBlocking(request::get, false)
                .compose(answer -> Future.fromCompletionStage(answer, context));
    }
}
