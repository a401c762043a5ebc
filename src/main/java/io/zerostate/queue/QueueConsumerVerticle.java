package io.zerostate.queue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.Bus;
import io.zerostate.bus.Health;
import io.zerostate.bus.WorkerIdle;
import io.zerostate.config.NodeSettings;
import io.zerostate.config.QueueSettings;
import io.zerostate.config.Role;
import io.zerostate.metrics.QueueMetrics;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dispatch on one node: tasks are leased for idle workers, claimed, sent to them, finished and released. Runs on an event loop,
 * and deploys before the workers of its node, which announce themselves once.
 */
public final class QueueConsumerVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(QueueConsumerVerticle.class);

    private final Bus bus;
    private final TaskQueue queue;
    private final NodeSettings nodeSettings;
    private final QueueSettings settings;
    private final Sources sources;
    private final Board board;
    private final Promise<Drain> drain = Promise.promise();
    private final Promise<String> stuck = Promise.promise();

    /**
     * What dispatch is given rather than finds.
     *
     * @param memoryBytes for the memories of all tasks that run at a time
     * @param jitter random shares from 0 (inclusive) to 1 (exclusive), for the delays of retries
     */
    public record Sources(
            long memoryBytes, InstantSource clock, DoubleSupplier jitter, QueueMetrics metrics, FailPoints failPoints) {
        /** Without fail points. */
        public Sources(long memoryBytes, InstantSource clock, DoubleSupplier jitter, QueueMetrics metrics) {
            this(memoryBytes, clock, jitter, metrics, FailPoints.NONE);
        }
    }

    /**
     * @param nodeSettings for the name that owns the leases, which is the queue's too, and for the grace time of a stop
     */
    public QueueConsumerVerticle(
            Bus bus, TaskQueue queue, NodeSettings nodeSettings, QueueSettings settings, Sources sources) {
        this.bus = bus;
        this.queue = queue;
        this.nodeSettings = nodeSettings;
        this.settings = settings;
        this.sources = sources;
        this.board = new Board(nodeSettings.name(), new MemoryBudget(sources.memoryBytes()));
    }

    @Override
    public Future<?> start() {
        Ports ports = new Ports(vertx, bus, queue, sources.clock(), sources.metrics(), sources.failPoints());
        AttemptEnding ending = new AttemptEnding(ports, board, sources.jitter());
        AttemptRunner runner = new AttemptRunner(ports, board, ending);
        Quarantine quarantine = new Quarantine(board, runner, ending);
        LeaseLoss loss = new LeaseLoss(ports, ending);
        LeaseKeeper keeper = new LeaseKeeper(ports, board, loss, settings);
        Standby standby = new Standby(ports, board, runner, ending);
        Starting starting = new Starting(board, standby, quarantine, ending);
        Dispatcher dispatcher = new Dispatcher(
                ports,
                board,
                new Sorting(ports, board, starting),
                () -> !board.isStopping() && !quarantine.isOccupied() && ending.hasRoom() && keeper.isSure());
        NodeReport report = new NodeReport(ports, board, keeper);
        Drain draining = new Drain(ports, board, ending, nodeSettings.grace());
        Surrender surrender = new Surrender(ports, board);
        surrender.future().onSuccess(stuck::tryComplete);

        board.steps().add(standby::advance);
        board.steps().add(quarantine::advance);
        board.steps().add(dispatcher::advance);
        board.steps().add(report::advance);
        board.steps().add(draining::advance);
        board.steps().add(surrender::advance);

        return Future.all(
                        bus.listen(Addresses.WORKER_IDLE, idle -> announced(runner, idle)).completion(),
                        bus.listen(Addresses.QUEUE_OFFER, offer -> hint(queue.offer(offer.entries()))).completion(),
                        bus.listen(Addresses.QUEUE_WITHDRAW, gone -> hint(queue.withdraw(gone.taskIds()))).completion(),
                        bus.listen(Addresses.RUN_STOP, quarantine::stop).completion(),
                        bus.serve(Addresses.HEALTH_QUEUE, check -> health(keeper)))
                .onSuccess(ready -> {
                    drain.complete(draining);
                    keeper.start();
                    new Reaper(ports, board, keeper, loss, settings).start();
                    new Reconciler(ports, settings.reconcile()).start();
                    report.start();
                });
    }

    /** Drains, if nobody asked for that before. */
    @Override
    public Future<?> stop() {
        return drain();
    }

    /**
     * Takes no more work, and lets what runs end or hands it back. May be called from any thread, and more than once.
     *
     * @return done when this node holds no task any more, at the latest a few seconds after the grace time
     */
    public Future<Void> drain() {
        Promise<Void> drained = Promise.promise();
        context.runOnContext(ignored -> drain.future().compose(Drain::drain).onComplete(drained));
        return drained.future();
    }

    /**
     * Completes when no worker of this node can be had back: the process has to end, so that another one can work. May be called from any
     * thread.
     *
     * @return why, for people
     */
    public Future<String> stuck() {
        return stuck.future();
    }

    private void announced(AttemptRunner runner, WorkerIdle idle) {
        Worker worker = new Worker(idle.slot(), idle.address());
        LOG.atDebug().addKeyValue("slot", worker.slot()).log("worker is idle");
        runner.restarted(worker);
        board.stuck().recovered(worker);
        board.credit().announce(worker);
        board.steps().changed();
    }

    private Future<Health> health(LeaseKeeper keeper) {
        if (!keeper.isSure()) {
            return Future.succeededFuture(new Health(false, "this node cannot renew its leases"));
        }
        int stuckWorkers = board.stuck().count();
        if (board.credit().slots() == 0 && nodeSettings.is(Role.EXECUTOR)) {
            return Future.succeededFuture(
                    new Health(false, stuckWorkers == 0 ? "no worker answers" : "all " + stuckWorkers + " workers are stuck"));
        }
        String workers = board.credit().idle() + " of " + board.credit().slots() + " workers are idle"
                + (stuckWorkers == 0 ? "" : ", " + stuckWorkers + " more are stuck");
        return queue.check()
                .map(ok -> new Health(true, workers))
                .recover(failure -> Future.succeededFuture(new Health(false, String.valueOf(failure.getMessage()))));
    }

    private static void hint(Future<Void> told) {
        told.onFailure(failure -> LOG.warn("a hint was lost, the reconciler will make up for it: {}", failure.getMessage()));
    }
}
