package io.zerostate.execution;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.AttemptRan;
import io.zerostate.bus.Bus;
import io.zerostate.bus.ExecuteTask;
import io.zerostate.bus.WorkerIdle;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One slot of a node: takes one task at a time at an address of its own, runs it on its thread, and answers with the report. It
 * announces itself idle when it starts; from then on its reply says so. Deploys after {@code ActiveRuns}, and after the verticle
 * that dispatches.
 */
public final class ExecutionWorkerVerticle extends VerticleBase {
    private final Bus bus;
    private final String address;
    private final int slot;
    private final TaskRunner runner;

    /**
     * @param node name of this node
     * @param slot number of this worker on it, from 0
     */
    public ExecutionWorkerVerticle(Bus bus, String node, int slot, TaskRunner runner) {
        this.bus = bus;
        this.address = Addresses.workerAddress(node, slot);
        this.slot = slot;
        this.runner = runner;
    }

    /**
     * How every worker of a node is to be deployed.
     *
     * @param slots workers of the node, which share one pool with a thread for each
     */
    public static DeploymentOptions deploymentOptions(int slots) {
        return new DeploymentOptions()
                .setThreadingModel(ThreadingModel.WORKER)
                .setWorkerPoolName("zerostate-worker")
                .setWorkerPoolSize(slots)
                // Deadlines bound runs; the warning about blocked threads is for those that nothing bounds.
                .setMaxWorkerExecuteTime(6)
                .setMaxWorkerExecuteTimeUnit(TimeUnit.MINUTES);
    }

    @Override
    public Future<?> start() {
        return bus.serve(Addresses.worker(address, Duration.ZERO), this::execute).onSuccess(ready -> announce());
    }

    private Future<AttemptRan> execute(ExecuteTask request) {
        long timeoutMs = request.task().spec().limits().timeoutMs();
        return runner.run(request.task())
                .onSuccess(report -> {
                    if (report.durationMs() >= timeoutMs + Addresses.STUCK_AFTER.toMillis()) {
                        // Whoever sent the task took this worker for stuck, and does not hear its answer any more.
                        announce();
                    }
                })
                .map(AttemptRan::new);
    }

    private void announce() {
        bus.send(Addresses.WORKER_IDLE, new WorkerIdle(slot, address));
    }
}
