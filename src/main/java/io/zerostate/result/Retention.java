package io.zerostate.result;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.zerostate.config.RetentionSettings;
import io.zerostate.metrics.TaskMetrics;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes tasks that have been kept for as long, or are as many, as configured: on one node of the cluster, a few at a time, with pauses
 * between, so that nobody who works with the others notices. Deploy one per node, on an event loop.
 */
public final class Retention extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    /** Takes PostgreSQL some ten milliseconds with results of a few kilobytes. */
    static final int BATCH = 500;
    private static final long PAUSE_MS = 20;

    private final EndedTasks ended;
    private final Turn turn;
    private final RetentionSettings settings;
    private final InstantSource clock;
    private final TaskMetrics metrics;
    private boolean sweeping;

    /** @param turn this verticle's own */
    public Retention(
            EndedTasks ended, Turn turn, RetentionSettings settings, InstantSource clock, TaskMetrics metrics) {
        this.ended = ended;
        this.turn = turn;
        this.settings = settings;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Override
    public Future<?> start() {
        if (settings.isLimited()) {
            vertx.setPeriodic(settings.every().toMillis(), timer -> sweep());
        }
        return Future.succeededFuture();
    }

    private void sweep() {
        if (sweeping) {
            return;
        }
        sweeping = true;
        turn.take()
                .compose(ours -> ours ? sweepAll() : Future.succeededFuture())
                .onFailure(failure -> LOG.warn("old tasks stay for now: {}", failure.getMessage()))
                .onComplete(done -> sweeping = false);
    }

    private Future<Void> sweepAll() {
        Future<Void> byAge = settings.age().isZero()
                ? Future.succeededFuture()
                : repeat(() -> ended.removeBefore(clock.instant().minus(settings.age()), BATCH));
        return byAge.compose(swept -> settings.tasks() == 0
                ? Future.succeededFuture()
                : repeat(() -> ended.removeBeyond(settings.tasks(), BATCH)));
    }

    private Future<Void> repeat(Supplier<Future<Integer>> batch) {
        return batch.get().compose(removed -> {
            metrics.removed(removed);
            return removed < BATCH
                    ? Future.succeededFuture()
                    : vertx.timer(PAUSE_MS, TimeUnit.MILLISECONDS).compose(rested -> repeat(batch));
        });
    }
}
