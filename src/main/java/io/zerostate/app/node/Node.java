package io.zerostate.app.node;

import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.zerostate.app.cluster.ClusterMember;
import io.zerostate.app.cluster.PauseWatch;
import io.zerostate.config.NodeSettings;
import io.zerostate.config.Role;
import io.zerostate.config.Settings;
import io.zerostate.execution.ActiveRuns;
import io.zerostate.execution.ExecutionWorkerVerticle;
import io.zerostate.http.HttpVerticle;
import io.zerostate.push.WebSocketBridgeVerticle;
import io.zerostate.queue.QueueConsumerVerticle;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node, serving. What others need is started before them, so HTTP comes last: who can reach the node finds everything up.
 *
 * <p>{@link #start} and {@link #close} block; they belong on the main thread.
 */
public final class Node implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final Duration DEPLOY_TIMEOUT = Duration.ofSeconds(60);

    /** What a stop may take beyond the grace that running tasks are given. */
    private static final Duration STOP_MARGIN = Duration.ofSeconds(15);

    private final Settings settings;
    private final ShutdownStack shutdown;
    private final URI uri;
    private final CompletableFuture<String> excluded;

    private Node(Settings settings, ShutdownStack shutdown, URI uri, CompletableFuture<String> excluded) {
        this.settings = settings;
        this.shutdown = shutdown;
        this.uri = uri;
        this.excluded = excluded;
    }

    /**
     * Starts a node.
     *
     * @param configured with an empty {@code database.url} for a database of the node's own
     * @param beforeWork called once it is clear that this process may be the node, before the first line is logged
     * @throws NodeStartException when something outside of the program is in the way; nothing is left running then
     */
    public static Node start(Settings configured, Runnable beforeWork) throws NodeStartException {
        Settings settings = named(configured);
        ShutdownStack shutdown = new ShutdownStack();
        try {
            DataDirectory directory = DataDirectory.open(settings.node().dataDir());
            shutdown.push("data directory", directory);
            NodeAddress.requireFree(settings.http());
            beforeWork.run();
            Platform platform = Platform.open(settings, directory, shutdown);
            CompletableFuture<String> stuck = new CompletableFuture<>();
            HttpVerticle http = deploy(platform, settings, shutdown, stuck);
            URI uri = NodeAddress.uri(settings.http(), http.actualPort());
            LOG.atInfo().addKeyValue("node", settings.node().name()).addKeyValue("uri", uri).log("ready");
            return new Node(settings, shutdown, uri, excluded(platform, settings, stuck));
        } catch (NodeStartException | RuntimeException | Error failure) {
            shutdown.close();
            throw failure;
        }
    }

    private static CompletableFuture<String> excluded(
            Platform platform, Settings settings, CompletableFuture<String> stuck) {
        ClusterMember member = platform.member();
        if (member == null) {
            return stuck;
        }
        PauseWatch watch = new PauseWatch(settings.cluster().heartbeat(), System::nanoTime);
        watch.start(platform.ticker());
        return CompletableFuture.anyOf(member.excluded(), watch.paused(), stuck).thenApply(String::valueOf);
    }

    private static HttpVerticle deploy(
            Platform platform, Settings settings, ShutdownStack shutdown, CompletableFuture<String> stuck)
            throws NodeStartException {
        Vertx vertx = platform.vertx();
        Parts parts = new Parts(platform, Adapters.open(platform, settings, shutdown), settings);
        boolean api = settings.node().is(Role.API);
        deploy(vertx, "health", parts.health(), new DeploymentOptions(), shutdown);
        deploy(vertx, "results", parts.results(), new DeploymentOptions(), shutdown);
        deploy(vertx, "retention", parts.retention(), new DeploymentOptions(), shutdown);
        if (api) {
            deploy(vertx, "agents", parts.agents(), new DeploymentOptions(), shutdown);
        }
        QueueConsumerVerticle queue = parts.queue();
        queue.stuck().onSuccess(stuck::complete);
        if (settings.node().is(Role.EXECUTOR)) {
            ActiveRuns runs = parts.activeRuns();
            deploy(vertx, "active runs", runs, new DeploymentOptions(), shutdown);
            deploy(vertx, "queue", queue, new DeploymentOptions(), shutdown);
            DeploymentOptions workers = ExecutionWorkerVerticle.deploymentOptions(settings.execution().slots());
            for (ExecutionWorkerVerticle worker : parts.workers(runs)) {
                deploy(vertx, "worker", worker, workers, shutdown);
            }
            deploy(vertx, "warm-up", parts.warmUp(), new DeploymentOptions(), shutdown);
        } else {
            deploy(vertx, "queue", queue, new DeploymentOptions(), shutdown);
        }
        // Between the edge, which takes no more requests by then, and the workers, which have to finish what they run.
        Duration patience = settings.node().grace().plus(STOP_MARGIN);
        shutdown.push("drain", () -> queue.drain().await(patience.toMillis(), TimeUnit.MILLISECONDS));
        List<Consumer<Router>> mounts = new ArrayList<>();
        if (api) {
            WebSocketBridgeVerticle push = parts.push();
            deploy(vertx, "live events", push, new DeploymentOptions(), shutdown);
            mounts.add(push::mount);
        }
        HttpVerticle http = parts.http(mounts);
        try {
            deploy(vertx, "http", http, new DeploymentOptions(), shutdown);
        } catch (RuntimeException failure) {
            if (failure.getCause() instanceof BindException taken) {
                throw NodeAddress.inUse(settings.http(), taken);
            }
            throw failure;
        }
        deploy(vertx, "self report", parts.selfReport(), new DeploymentOptions(), shutdown);
        Duration leave = settings.http().drain().plus(STOP_MARGIN);
        shutdown.push("leave", () -> http.leave().await(leave.toMillis(), TimeUnit.MILLISECONDS));
        return http;
    }

    private static void deploy(
            Vertx vertx, String name, Deployable part, DeploymentOptions options, ShutdownStack shutdown) {
        long started = System.nanoTime();
        String id = await(vertx, part, options);
        LOG.debug("{} deployed in {} ms", name, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started));
        shutdown.push(name, () -> vertx.undeploy(id).await(STOP_MARGIN.toMillis(), TimeUnit.MILLISECONDS));
    }

    private static String await(Vertx vertx, Deployable part, DeploymentOptions options) {
        try {
            return vertx.deployVerticle(part, options).await(DEPLOY_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception failure) {
            throw new IllegalStateException(part.getClass().getSimpleName() + " does not start: " + failure.getMessage(), failure);
        }
    }

    private static Settings named(Settings settings) {
        NodeSettings node = settings.node();
        return settings.withNode(node.withName(NodeAddress.name(node.name())));
    }

    /** Where it serves. */
    public URI uri() {
        return uri;
    }

    /**
     * Blocks for as long as the node may serve.
     *
     * @return why it may not any more, for people: its cluster goes on without it, or its workers are lost to it, and it has to be closed and
     *     started anew
     */
    public String awaitExclusion() throws InterruptedException {
        try {
            return excluded.get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure.getCause());
        }
    }

    /**
     * Stops the node: it takes no more requests and no more tasks, lets running tasks end for as long as its grace time, hands the
     * rest back without a burnt attempt, and closes everything.
     */
    @Override
    public void close() {
        LOG.atInfo().addKeyValue("node", settings.node().name()).log("stopping");
        shutdown.close();
        LOG.atInfo().addKeyValue("node", settings.node().name()).log("stopped");
    }
}
