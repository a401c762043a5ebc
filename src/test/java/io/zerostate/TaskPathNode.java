package io.zerostate;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.zerostate.binary.WatchedStore;
import io.zerostate.binary.directory.DirectoryBinaryStore;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.Bus;
import io.zerostate.bus.FindResult;
import io.zerostate.bus.FindTask;
import io.zerostate.bus.SubmitTasks;
import io.zerostate.bus.Submission;
import io.zerostate.bus.TaskEvent;
import io.zerostate.bus.TaskEvent.Changed;
import io.zerostate.bus.TaskFound;
import io.zerostate.config.DatabaseSettings;
import io.zerostate.config.NodeSettings;
import io.zerostate.config.QueueSettings;
import io.zerostate.config.Role;
import io.zerostate.execution.ActiveRuns;
import io.zerostate.execution.ExecutionWorkerVerticle;
import io.zerostate.execution.ModuleLoader;
import io.zerostate.execution.TaskRunner;
import io.zerostate.metrics.EngineMetrics;
import io.zerostate.metrics.QueueMetrics;
import io.zerostate.metrics.TaskMetrics;
import io.zerostate.postgres.AdvisoryLock;
import io.zerostate.postgres.Answers;
import io.zerostate.postgres.DatabasePool;
import io.zerostate.postgres.NodeSession;
import io.zerostate.queue.Heard;
import io.zerostate.queue.QueueConsumerVerticle;
import io.zerostate.queue.local.LocalTaskQueue;
import io.zerostate.result.ResultVerticle;
import io.zerostate.result.TaskStore;
import io.zerostate.result.postgres.PostgresTaskStore;
import io.zerostate.task.Bytes;
import io.zerostate.task.Input;
import io.zerostate.task.Labels;
import io.zerostate.task.Limits;
import io.zerostate.task.Priority;
import io.zerostate.task.Program;
import io.zerostate.task.RetryPolicy;
import io.zerostate.task.Schedule;
import io.zerostate.task.TaskResult;
import io.zerostate.task.TaskSpec;
import io.zerostate.task.Tenant;
import io.zerostate.wasm.ModuleCache;
import io.zerostate.wasm.chicory.ChicoryRuntime;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;

/** All of a node between the edge and PostgreSQL, every part the real one. */
final class TaskPathNode implements AutoCloseable {
    private static final int SLOTS = 2;
    private static final Clock CLOCK = Clock.systemUTC();

    final Vertx vertx = Vertx.vertx();
    final Bus bus = Bus.withCodecs(vertx);
    final Heard<TaskEvent> events = new Heard<>();
    final TaskStore store;
    final QueueConsumerVerticle dispatch;
    final WatchedStore binaries;
    private final Pool pool;
    private final ExecutorService loads = Executors.newSingleThreadExecutor();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
    private final Path directory;
    private final MeterRegistry meters = new SimpleMeterRegistry();

    TaskPathNode(DatabaseSettings database, Path directory, Duration grace) {
        this.directory = directory;
        pool = DatabasePool.create(vertx, database, "node-1");
        store = new PostgresTaskStore(pool);
        binaries = new WatchedStore(new DirectoryBinaryStore(vertx.createSharedWorkerExecutor("files", 2), directory));
        Duration lease = Duration.ofSeconds(15);
        QueueSettings settings = new QueueSettings(
                lease, Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofSeconds(15), 3, 1_000_000, 1_000_000);
        dispatch = new QueueConsumerVerticle(
                bus,
                new LocalTaskQueue(vertx, "node-1", lease, CLOCK),
                new NodeSettings("node-1", directory, Set.of(Role.API, Role.EXECUTOR), grace, Duration.ZERO),
                settings,
                new QueueConsumerVerticle.Sources(1L << 30, CLOCK, () -> 0, new QueueMetrics(meters)));
        Answers.of(bus.listen(Addresses.TASK_EVENTS, heard -> heard.events().forEach(events::add)).completion());
        NodeSession session = new NodeSession(vertx, database, "node-1");
        Answers.of(vertx.deployVerticle(new ResultVerticle(
                bus, store, () -> session.hold(AdvisoryLock.RECONCILE), new TaskMetrics(meters), settings)));
    }

    /** Deploys dispatch and workers, in the order that they ask for. */
    TaskPathNode start() {
        EngineMetrics metrics = new EngineMetrics(meters);
        ActiveRuns runs = new ActiveRuns(bus, "node-1");
        Answers.of(vertx.deployVerticle(runs));
        ModuleLoader loader = new ModuleLoader(
                new ModuleCache(64L * 1024 * 1024, loads),
                binaries,
                new ChicoryRuntime(CLOCK, new SecureRandom()),
                metrics,
                vertx.getOrCreateContext());
        TaskRunner runner = new TaskRunner(loader, runs, ticker, metrics);
        Answers.of(vertx.deployVerticle(dispatch));
        for (int slot = 0; slot < SLOTS; slot++) {
            Answers.of(vertx.deployVerticle(
                    new ExecutionWorkerVerticle(bus, "node-1", slot, runner),
                    ExecutionWorkerVerticle.deploymentOptions(SLOTS)));
        }
        return this;
    }

    /** What runs a module of {@code tests/wasm}. */
    TaskSpec spec(String file, RetryPolicy retry, String... args) {
        String sha256 = Answers.of(binaries.put(Path.of("tests/wasm", file))).sha256();
        return new TaskSpec(
                new Program(UUID.randomUUID(), "agent", 1, sha256),
                new Input(Bytes.EMPTY, List.of(args), Map.of()),
                Limits.DEFAULT,
                new Schedule(Priority.NORMAL, Schedule.AT_ONCE),
                retry,
                Labels.NONE);
    }

    List<UUID> submit(int count, TaskSpec spec) {
        List<Submission> submissions = IntStream.range(0, count)
                .mapToObj(i -> new Submission(UUID.randomUUID(), Tenant.DEFAULT_ID, spec, null, null))
                .toList();
        Answers.of(bus.request(Addresses.TASK_SUBMIT, new SubmitTasks(submissions)));
        return submissions.stream().map(Submission::taskId).toList();
    }

    /** Waits until all of these have ended. */
    void awaitEnds(List<UUID> tasks) {
        events.awaitAll(heard -> heard.stream()
                        .filter(event -> event instanceof Changed change && change.state().isTerminal())
                        .map(TaskEvent::taskId)
                        .filter(tasks::contains)
                        .distinct()
                        .count()
                == tasks.size());
    }

    TaskFound find(UUID task) {
        return Answers.of(bus.request(Addresses.TASK_FIND, new FindTask(Tenant.DEFAULT_ID, task)));
    }

    TaskResult result(UUID task) {
        return Answers.of(bus.request(Addresses.RESULT_FIND, new FindResult(Tenant.DEFAULT_ID, task))).result();
    }

    @Override
    public void close() {
        Answers.of(vertx.close());
        ticker.shutdownNow();
        loads.shutdownNow();
    }
}
