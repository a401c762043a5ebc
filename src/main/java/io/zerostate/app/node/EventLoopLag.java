package io.zerostate.app.node;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How late an event loop is: a timer is asked for at a fixed time, and what it is late by is what every event on that loop waits.
 */
final class EventLoopLag {
    private static final long INTERVAL_MS = 250;

    private final Vertx vertx;
    private final Timer lag;

    private EventLoopLag(Vertx vertx, Timer lag) {
        this.vertx = vertx;
        this.lag = lag;
    }

    /** Measures the event loop of {@code loop} until Vert.x closes, as {@code zerostate.event.loop.lag}. */
    static void measure(Vertx vertx, Context loop, MeterRegistry registry) {
        Timer lag = Timer.builder("zerostate.event.loop.lag")
                .description("How late timers of an event loop fire")
                .publishPercentiles(0.5, 0.99)
                .distributionStatisticExpiry(Duration.ofMinutes(1))
                .register(registry);
        loop.runOnContext(ignored -> new EventLoopLag(vertx, lag).next());
    }

    private void next() {
        long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(INTERVAL_MS);
        vertx.setTimer(INTERVAL_MS, id -> {
            lag.record(Math.max(0, System.nanoTime() - due), TimeUnit.NANOSECONDS);
            next();
        });
    }
}
