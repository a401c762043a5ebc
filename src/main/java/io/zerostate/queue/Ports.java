package io.zerostate.queue;

import io.vertx.core.Vertx;
import io.zerostate.bus.Bus;
import io.zerostate.metrics.QueueMetrics;
import java.time.InstantSource;

/**
 * What the steps of dispatch reach outside of themselves.
 *
 * @param vertx for timers, which run on the verticle's context
 */
record Ports(Vertx vertx, Bus bus, TaskQueue queue, InstantSource clock, QueueMetrics metrics, FailPoints failPoints) {}
