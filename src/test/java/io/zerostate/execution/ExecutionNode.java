package io.zerostate.execution;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.zerostate.binary.BinaryStore;
import io.zerostate.binary.directory.DirectoryBinaryStore;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.Bus;
import io.zerostate.bus.ClaimedTask;
import io.zerostate.bus.ExecuteTask;
import io.zerostate.bus.StopRun;
import io.zerostate.bus.TaskEvent.Wrote;
import io.zerostate.bus.WorkerIdle;
import io.zerostate.metrics.EngineMetrics;
import io.zerostate.queue.Heard;
import io.zerostate.task.Bytes;
import io.zerostate.task.Input;
import io.zerostate.task.Labels;
import io.zerostate.task.Limits;
import io.zerostate.task.Priority;
import io.zerostate.task.Program;
import io.zerostate.task.RetryPolicy;
import io.zerostate.task.RunReport;
import io.zerostate.task.Schedule;
import io.zerostate.task.TaskSpec;
import io.zerostate.wasm.ModuleCache;
import io.zerostate.wasm.chicory.ChicoryRuntime;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;

/** The workers of one node with the real engine and a real store of modules, on a real bus. */
final class ExecutionNode implements AutoCloseable {
    static final String NAME = "node-1";
    static final Limits LIMITS = new Limits(10_000, 64L * 1024 * 1024, 1024 * 1024, 256 * 1024);

    final Vertx vertx = Vertx.vertx();
    final Bus bus = Bus.withCodecs(vertx);
    final Heard<WorkerIdle> idle = new Heard<>();
    final Heard<Wrote> output = new Heard<>();
    final BinaryStore binaries;
    private final ExecutorService loads = Executors.newSingleThreadExecutor();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();

    /**
     * @param between stands between the workers and the store
     */
    ExecutionNode(Path directory, int slots, UnaryOperator<BinaryStore> between) {
        bus.listen(Addresses.WORKER_IDLE, idle::add).completion().await();
        bus.listen(Addresses.TASK_EVENTS, events -> events.events().forEach(event -> output.add((Wrote) event)))
                .completion()
                .await();
        binaries = new DirectoryBinaryStore(vertx.createSharedWorkerExecutor("files", 2), directory);
        EngineMetrics metrics = new EngineMetrics(new SimpleMeterRegistry());
        ActiveRuns runs = new ActiveRuns(bus, NAME);
        vertx.deployVerticle(runs).await();
        ModuleLoader loader = new ModuleLoader(
                new ModuleCache(64L * 1024 * 1024, loads),
                between.apply(binaries),
                new ChicoryRuntime(Clock.systemUTC(), new SecureRandom()),
                metrics,
                vertx.getOrCreateContext());
        TaskRunner runner = new TaskRunner(loader, runs, ticker, metrics);
        for (int slot = 0; slot < slots; slot++) {
            vertx.deployVerticle(
                            new ExecutionWorkerVerticle(bus, NAME, slot, runner),
                            ExecutionWorkerVerticle.deploymentOptions(slots))
                    .await();
        }
    }

    /** Stores a module of {@code tests/wasm}. */
    String put(String file) {
        return binaries.put(Path.of("tests/wasm", file)).await().sha256();
    }

    /** Runs a task on a worker, as dispatch does. */
    Future<RunReport> execute(int slot, ClaimedTask task) {
        return bus.request(Addresses.worker(Addresses.workerAddress(NAME, slot), Duration.ofMinutes(1)), new ExecuteTask(task))
                .map(ran -> ran.report());
    }

    void stop(ClaimedTask task, int attempt, StopRun.Reason reason) {
        bus.publish(Addresses.RUN_STOP, new StopRun(task.taskId(), attempt, reason));
    }

    static ClaimedTask task(String sha256, String... args) {
        return task(sha256, LIMITS, args);
    }

    static ClaimedTask task(String sha256, Limits limits, String... args) {
        TaskSpec spec = new TaskSpec(
                new Program(new UUID(0, 1), "agent", 1, sha256),
                new Input(Bytes.ofUtf8("input"), List.of(args), Map.of("GIVEN", "yes")),
                limits,
                new Schedule(Priority.NORMAL, Schedule.AT_ONCE),
                RetryPolicy.DEFAULT,
                Labels.NONE);
        return new ClaimedTask(UUID.randomUUID(), 1, spec, 3, 2, 0, 0);
    }

    @Override
    public void close() {
        vertx.close().await();
        ticker.shutdownNow();
        loads.shutdownNow();
    }
}
