package io.zerostate.app.node;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.zerostate.app.node.Patience.NotYetException;
import io.zerostate.binary.ArtifactStore;
import io.zerostate.binary.BinaryStore;
import io.zerostate.binary.CacheDirectory;
import io.zerostate.binary.CachedBinaryStore;
import io.zerostate.binary.directory.DirectoryBinaryStore;
import io.zerostate.binary.s3.S3BinaryStore;
import io.zerostate.config.Settings;
import io.zerostate.postgres.DatabaseUse;
import io.zerostate.queue.TaskQueue;
import io.zerostate.queue.local.LocalTaskQueue;
import io.zerostate.queue.redis.RedisTaskQueue;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands behind the ports whose technology is configured: the queue is in Redis or in memory, modules are in S3 or in a directory.
 *
 * @param artifacts null where nodes share none
 */
record Adapters(TaskQueue queue, BinaryStore binaries, @Nullable ArtifactStore artifacts) {
    private static final Logger LOG = LoggerFactory.getLogger(Adapters.class);
    private static final int FILE_THREADS = 4;
    private static final String COPIES = "binary-copies";
    private static final long CHECK_SECONDS = 10;

    /** PostgreSQL takes a moment to notice that a killed node is gone. */
    private static final Duration LAST_USER_GOES = Duration.ofSeconds(5);

    /**
     * Opens them, and waits until what they need is there. What has to be closed is pushed on {@code shutdown}. Blocks.
     *
     * @throws NodeStartException when one of them is not there in time, or when a node uses the database that this one must not share it with
     */
    static Adapters open(Platform platform, Settings settings, ShutdownStack shutdown) throws NodeStartException {
        Patience patience = new Patience(settings.node().startPatience());
        claimDatabase(platform, settings);
        TaskQueue queue = queue(platform.vertx(), settings, shutdown);
        patience.await("the queue", () -> check(queue.check()));
        Stores stores = stores(platform, settings, shutdown);
        patience.await("the store of modules", () -> check(stores.binaries().check()));
        return new Adapters(queue, stores.binaries(), stores.artifacts());
    }

    private static void claimDatabase(Platform platform, Settings settings) throws NodeStartException {
        try {
            DatabaseUse.claim(platform.vertx(), platform.session(), !settings.isClustered(), LAST_USER_GOES)
                    .await(CHECK_SECONDS, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new NodeStartException(String.valueOf(failure.getMessage()));
        }
    }

    private static TaskQueue queue(Vertx vertx, Settings settings, ShutdownStack shutdown) {
        String node = settings.node().name();
        if (!settings.isClustered()) {
            return new LocalTaskQueue(vertx, node, settings.queue().lease(), Clock.systemUTC());
        }
        RedisTaskQueue queue = RedisTaskQueue.connect(vertx, settings.redis(), node, settings.queue().lease());
        shutdown.push("redis", () -> queue.close().await(CHECK_SECONDS, TimeUnit.SECONDS));
        return queue;
    }

    private record Stores(BinaryStore binaries, @Nullable ArtifactStore artifacts) {}

    private static Stores stores(Platform platform, Settings settings, ShutdownStack shutdown) {
        WorkerExecutor files = platform.vertx().createSharedWorkerExecutor("zerostate-files", FILE_THREADS);
        Path directory = platform.dataDir().resolve(settings.binaries().directory());
        if (settings.s3().bucket().isEmpty()) {
            if (settings.isClustered()) {
                LOG.warn("modules are kept in {}, which every node of the cluster has to share; set s3.bucket for S3", directory);
            }
            return new Stores(new DirectoryBinaryStore(files, directory), null);
        }
        S3BinaryStore s3 = new S3BinaryStore(platform.vertx(), files, settings.s3());
        // Its connections take a moment to close, for which a stop does not wait.
        shutdown.push("s3", s3::close);
        CacheDirectory copies = new CacheDirectory(platform.dataDir().resolve(COPIES), Clock.systemUTC());
        BinaryStore cached =
                new CachedBinaryStore(platform.vertx(), files, s3, copies, settings.binaries().cacheBytes());
        return new Stores(cached, s3.artifacts());
    }

    private static boolean check(Future<Void> check) throws NotYetException, NodeStartException {
        try {
            check.await(CHECK_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException silent) {
            throw new NotYetException("no answer within " + CHECK_SECONDS + " s");
        } catch (Exception failure) {
            throw new NotYetException(String.valueOf(failure.getMessage()));
        }
    }
}
