package io.zerostate.app.node;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsOptions;
import io.vertx.sqlclient.Pool;
import io.zerostate.app.cluster.ClusterConfigurationException;
import io.zerostate.app.cluster.ClusterMember;
import io.zerostate.bus.Bus;
import io.zerostate.config.ClusterSettings;
import io.zerostate.config.DatabaseSettings;
import io.zerostate.config.Settings;
import io.zerostate.postgres.DatabasePool;
import io.zerostate.postgres.NodeSession;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of a node stand on.
 *
 * @param vertx and {@code bus}, with all codecs
 * @param member null for a node that is alone
 * @param pool connections to a database whose schema is up to date
 * @param session the node's own connection to it
 * @param ticker one thread that serves the deadlines of all runs
 * @param loop an event loop for whoever is not a verticle
 */
record Platform(
        Path dataDir,
        NodeMeters meters,
        Vertx vertx,
        @Nullable ClusterMember member,
        Bus bus,
        Pool pool,
        NodeSession session,
        ScheduledThreadPoolExecutor ticker,
        Context loop) {
    private static final long STOP_SECONDS = 15;
    private static final long JOIN_SECONDS = 60;

    /**
     * Opens everything; what it takes is pushed on {@code shutdown} as it is opened. Blocks for as long as the database takes.
     *
     * @param directory locked by this node
     */
    static Platform open(Settings settings, DataDirectory directory, ShutdownStack shutdown) throws NodeStartException {
        // The database takes longest, and nothing until the pool needs it.
        CompletableFuture<NodeDatabase> opening = openDatabase(settings, directory.path());
        shutdown.push("database", () -> opening.thenAccept(NodeDatabase::close).exceptionally(failed -> null).join());
        NodeMeters meters = new NodeMeters();
        shutdown.push("meters", meters);
        ScheduledThreadPoolExecutor ticker = deadlines();
        shutdown.push("ticker", ticker::shutdownNow);
        ClusterMember member = settings.isClustered() ? member(settings.cluster()) : null;
        VertxOptions options = options(directory.path());
        Vertx vertx = member == null
                ? builder(meters, options).build()
                : join(meters, options, member, settings.cluster());
        shutdown.push("vertx", () -> vertx.close().await(STOP_SECONDS, TimeUnit.SECONDS));
        if (member != null) {
            shutdown.push("cluster", member::leave);
        }
        Context loop = vertx.getOrCreateContext();
        EventLoopLag.measure(vertx, loop, meters.registry());
        DatabaseSettings database = await(opening).settings();
        Pool pool = DatabasePool.create(vertx, database, settings.node().name());
        shutdown.push("pool", () -> pool.close().await(STOP_SECONDS, TimeUnit.SECONDS));
        NodeSession session = new NodeSession(vertx, database, settings.node().name());
        shutdown.push("session", () -> session.close().await(STOP_SECONDS, TimeUnit.SECONDS));
        return new Platform(directory.path(), meters, vertx, member, Bus.withCodecs(vertx), pool, session, ticker, loop);
    }

    /** New ids: UUIDv7, growing also within a millisecond. From any thread. */
    static Supplier<UUID> ids() {
        NoArgGenerator generator = Generators.timeBasedEpochGenerator();
        return generator::generate;
    }

    private static CompletableFuture<NodeDatabase> openDatabase(Settings settings, Path directory) {
        CompletableFuture<NodeDatabase> opening = new CompletableFuture<>();
        Thread.ofPlatform().name("zerostate-database").start(() -> {
            try {
                Patience patience = new Patience(settings.node().startPatience());
                opening.complete(NodeDatabase.open(settings.database(), directory, patience));
            } catch (NodeStartException | RuntimeException | Error failure) {
                opening.completeExceptionally(failure);
            }
        });
        return opening;
    }

    private static NodeDatabase await(CompletableFuture<NodeDatabase> opening) throws NodeStartException {
        try {
            return opening.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof NodeStartException reason) {
                throw reason;
            }
            throw new IllegalStateException("the database cannot be opened", failure.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new NodeStartException("interrupted while the database started");
        }
    }

    private static VertxOptions options(Path directory) {
        return new VertxOptions()
                // A quarter of what is usual: each hand-over from loop to loop may have to wake a thread. Where the cores are busy a task costs
                // the node a quarter more with twice as many. What takes long has pools of its own.
                .setEventLoopPoolSize(Math.max(1, Runtime.getRuntime().availableProcessors() / 2))
                .setMetricsOptions(new MicrometerMetricsOptions()
                        .setEnabled(true)
                        // Counting each message within the node cost a twelfth of the processor under load, and told nothing that the
                        // meters of tasks, runs and the queue do not.
                        .addDisabledMetricsCategory(MetricsDomain.EVENT_BUS))
                // What it serves from the jar; beside the node's other files, so that a killed node leaves nothing elsewhere.
                .setFileSystemOptions(new FileSystemOptions()
                        .setFileCacheDir(directory.resolve("web-cache").toString())
                        .setFileCacheDirAsExactPath(true));
    }

    private static VertxBuilder builder(NodeMeters meters, VertxOptions options) {
        return Vertx.builder().with(options).withMetrics(new MicrometerMetricsFactory(meters.registry()));
    }

    private static ClusterMember member(ClusterSettings settings) throws NodeStartException {
        try {
            return ClusterMember.of(settings);
        } catch (ClusterConfigurationException failure) {
            throw new NodeStartException(String.valueOf(failure.getMessage()));
        }
    }

    private static Vertx join(NodeMeters meters, VertxOptions options, ClusterMember member, ClusterSettings settings)
            throws NodeStartException {
        options.getEventBusOptions().setHost(settings.host()).setPort(settings.busPort());
        try {
            return builder(meters, options)
                    .withClusterManager(member.manager())
                    .buildClustered()
                    .await(JOIN_SECONDS, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new NodeStartException("cannot join the cluster \"" + settings.name() + "\" at " + settings.host() + " port "
                    + settings.port() + ": " + failure.getMessage());
        }
    }

    private static ScheduledThreadPoolExecutor deadlines() {
        ScheduledThreadPoolExecutor ticker = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("zerostate-deadlines").factory());
        // Nearly every deadline is called off; kept until its time it would keep its run in memory.
        ticker.setRemoveOnCancelPolicy(true);
        return ticker;
    }
}
