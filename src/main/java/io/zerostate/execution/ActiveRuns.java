package io.zerostate.execution;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.Bus;
import io.zerostate.bus.ClaimedTask;
import io.zerostate.bus.OutputRead;
import io.zerostate.bus.ReadOutput;
import io.zerostate.bus.StopRun;
import io.zerostate.task.Bytes;
import io.zerostate.wasm.Deadline;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs on this node now. Shared by its workers, and deployed on an event loop before them: a worker's own consumers and timers
 * wait behind the task that it runs, so stopping a run and telling what it writes is done here.
 */
public final class ActiveRuns extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(ActiveRuns.class);

    private final Bus bus;
    private final String node;
    private final List<LiveRun> runs = new ArrayList<>();
    private final EarlyStops earlyStops = new EarlyStops();
    private volatile @Nullable OutputFeed feed;

    /**
     * @param bus where stops come from and output goes to
     * @param node name of this node
     */
    public ActiveRuns(Bus bus, String node) {
        this.bus = bus;
        this.node = node;
    }

    @Override
    public Future<?> start() {
        feed = new OutputFeed(vertx, context, bus);
        return Future.all(
                bus.listen(Addresses.RUN_STOP, this::stop).completion(),
                bus.serve(Addresses.output(node), this::read));
    }

    /**
     * An attempt begins on the calling thread. When somebody has asked to stop it already, its deadline is stopped.
     *
     * @param deadline bound to the calling thread
     */
    LiveRun begin(ClaimedTask task, Deadline deadline) {
        OutputFeed output = feed;
        if (output == null) {
            throw new IllegalStateException("ActiveRuns is deployed before the workers");
        }
        LiveRun run = new LiveRun(task, deadline, output);
        StopRun early;
        synchronized (runs) {
            runs.add(run);
            early = earlyStops.about(run, task.taskId());
        }
        if (early != null) {
            run.stop(early.reason());
        }
        return run;
    }

    /**
     * The attempt is over: nothing stops it any more.
     *
     * @return done when all that it wrote was published
     */
    Future<Void> end(LiveRun run) {
        synchronized (runs) {
            runs.remove(run);
        }
        OutputFeed output = feed;
        return output == null ? Future.succeededFuture() : output.flush(run);
    }

    private Future<OutputRead> read(ReadOutput request) {
        LiveRun meant;
        synchronized (runs) {
            meant = runs.stream().filter(run -> run.isMeantBy(request)).findFirst().orElse(null);
        }
        if (meant == null) {
            return Future.succeededFuture(new OutputRead(request.offset(), Bytes.EMPTY));
        }
        LiveBuffer.Chunk chunk = meant.read(request.stream(), request.offset());
        return Future.succeededFuture(new OutputRead(chunk.offset(), chunk.bytes()));
    }

    private void stop(StopRun request) {
        List<LiveRun> meant;
        synchronized (runs) {
            meant = runs.stream().filter(run -> run.isMeantBy(request)).toList();
            if (meant.isEmpty()) {
                earlyStops.remember(request);
            }
        }
        for (LiveRun run : meant) {
            LOG.atInfo()
                    .addKeyValue("task_id", request.taskId())
                    .addKeyValue("attempt", request.attempt())
                    .addKeyValue("reason", request.reason())
                    .log("stopping the run");
            run.stop(request.reason());
        }
    }
}
