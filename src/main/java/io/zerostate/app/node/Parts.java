package io.zerostate.app.node;

import io.vertx.core.Deployable;
import io.vertx.ext.web.Router;
import io.zerostate.binary.ArtifactStore;
import io.zerostate.config.ExecutionSettings;
import io.zerostate.config.Settings;
import io.zerostate.execution.ActiveRuns;
import io.zerostate.execution.ExecutionWorkerVerticle;
import io.zerostate.execution.ModuleLoader;
import io.zerostate.execution.TaskRunner;
import io.zerostate.execution.WarmUp;
import io.zerostate.http.ApiKey;
import io.zerostate.http.HttpVerticle;
import io.zerostate.http.Ports;
import io.zerostate.http.Sources;
import io.zerostate.metrics.EngineMetrics;
import io.zerostate.metrics.PushMetrics;
import io.zerostate.metrics.QueueMetrics;
import io.zerostate.metrics.TaskMetrics;
import io.zerostate.postgres.AdvisoryLock;
import io.zerostate.push.PushLimits;
import io.zerostate.push.WebSocketBridgeVerticle;
import io.zerostate.queue.QueueConsumerVerticle;
import io.zerostate.registry.AgentVerticle;
import io.zerostate.registry.ModuleIntake;
import io.zerostate.registry.postgres.PostgresAgentStore;
import io.zerostate.result.ResultVerticle;
import io.zerostate.result.Retention;
import io.zerostate.result.postgres.PostgresEndedTasks;
import io.zerostate.result.postgres.PostgresTaskStore;
import io.zerostate.wasm.ModuleCache;
import io.zerostate.wasm.SharedCode;
import io.zerostate.wasm.WasmRuntime;
import io.zerostate.wasm.chicory.ChicoryRuntime;
import io.zerostate.wasm.chicory.CodeCache;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the parts of a node, and says which adapter stands behind each port. Deploys nothing. */
final class Parts {
    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);
    private static final String CODE = "code-cache";

    private final Platform platform;
    private final Settings settings;
    private final InstantSource clock = Clock.systemUTC();
    private final EngineMetrics engineMetrics;
    private final Adapters adapters;
    private final WasmRuntime runtime;
    private final ModuleCache modules;
    private final ModuleLoader loader;

    Parts(Platform platform, Adapters adapters, Settings settings) {
        this.platform = platform;
        this.adapters = adapters;
        this.settings = settings;
        this.engineMetrics = new EngineMetrics(platform.meters().registry());
        this.runtime = runtime();
        this.modules = modules();
        this.loader = new ModuleLoader(modules, adapters.binaries(), runtime, engineMetrics, platform.loop());
    }

    private WasmRuntime runtime() {
        SecureRandom random = new SecureRandom();
        ChicoryRuntime engine = new ChicoryRuntime(clock, random);
        ExecutionSettings execution = settings.execution();
        if (execution.codeCacheBytes() == 0) {
            return engine;
        }
        Path dataDir = platform.dataDir();
        try {
            byte[] key = CacheKey.of(execution.codeCacheKey(), dataDir, random);
            return engine.withCache(
                    new CodeCache(dataDir.resolve(CODE), key, execution.codeCacheBytes(), clock, sharedCode()));
        } catch (IOException failure) {
            LOG.warn("compiled code is not kept: {}", failure.getMessage());
            return engine;
        }
    }

    /** Only nodes that were given the same key can use each other's code. */
    private SharedCode sharedCode() {
        ArtifactStore artifacts = adapters.artifacts();
        return artifacts == null || settings.execution().codeCacheKey().isEmpty()
                ? SharedCode.NONE
                : new StoredCode(artifacts, platform.loop());
    }

    private ModuleCache modules() {
        ExecutorService loads = Executors.newFixedThreadPool(
                settings.execution().compileThreads(),
                Thread.ofPlatform().daemon().name("zerostate-load-", 0).factory());
        ModuleCache cache = new ModuleCache(settings.execution().moduleCacheBytes(), loads);
        engineMetrics.moduleCache(
                cache,
                new EngineMetrics.CacheFigures<>(
                        held -> held.stats().hits(),
                        held -> held.stats().misses(),
                        held -> held.stats().evictions(),
                        held -> held.stats().modules(),
                        held -> held.stats().weightBytes()));
        return cache;
    }

    Deployable selfReport() {
        return new SelfReport(platform.bus(), settings.node());
    }

    Deployable health() {
        return new DependencyHealth(platform.bus(), adapters.binaries(), platform.member());
    }

    Deployable results() {
        TaskMetrics metrics = new TaskMetrics(platform.meters().registry());
        return new ResultVerticle(
                platform.bus(),
                new PostgresTaskStore(platform.pool()),
                () -> platform.session().hold(AdvisoryLock.RECONCILE),
                metrics,
                settings.queue());
    }

    Deployable retention() {
        return new Retention(
                new PostgresEndedTasks(platform.pool()),
                () -> platform.session().hold(AdvisoryLock.RETENTION),
                settings.retention(),
                clock,
                new TaskMetrics(platform.meters().registry()));
    }

    Deployable agents() {
        ModuleIntake intake = new ModuleIntake(adapters.binaries(), runtime, modules, engineMetrics, platform.ticker());
        return new AgentVerticle(
                platform.bus(), new PostgresAgentStore(platform.pool()), intake, settings.execution(), Platform.ids());
    }

    QueueConsumerVerticle queue() {
        QueueMetrics metrics = new QueueMetrics(platform.meters().registry());
        return new QueueConsumerVerticle(
                platform.bus(),
                adapters.queue(),
                settings.node(),
                settings.queue(),
                new QueueConsumerVerticle.Sources(
                        settings.execution().memoryBytes(),
                        clock,
                        () -> ThreadLocalRandom.current().nextDouble(),
                        metrics,
                        ProcessFailPoints.of(System.getProperty(ProcessFailPoints.PROPERTY))));
    }

    ActiveRuns activeRuns() {
        return new ActiveRuns(platform.bus(), settings.node().name());
    }

    /** @param runs deployed before them */
    List<ExecutionWorkerVerticle> workers(ActiveRuns runs) {
        ExecutionSettings execution = settings.execution();
        TaskRunner runner = new TaskRunner(loader, runs, platform.ticker(), engineMetrics);
        return IntStream.range(0, execution.slots())
                .mapToObj(slot -> new ExecutionWorkerVerticle(platform.bus(), settings.node().name(), slot, runner))
                .toList();
    }

    WarmUp warmUp() {
        return new WarmUp(platform.bus(), loader, platform.ticker(), settings.execution().warmUp());
    }

    WebSocketBridgeVerticle push() {
        return new WebSocketBridgeVerticle(
                platform.bus(),
                new KeyHolders(new ApiKey(settings.http().apiKey())),
                Set.copyOf(settings.http().allowedOrigins()),
                PushLimits.DEFAULT,
                new PushMetrics(platform.meters().registry()));
    }

    /** @param mounts routes of other parts */
    HttpVerticle http(List<Consumer<Router>> mounts) {
        return new HttpVerticle(
                settings,
                new Ports(platform.bus(), adapters.binaries(), platform.meters()::scrape),
                new Sources(clock, Platform.ids(), new SecureRandom()),
                mounts);
    }
}
