package io.zerostate.queue;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.Bus;
import io.zerostate.bus.CheckHealth;
import io.zerostate.bus.Health;
import io.zerostate.bus.NodeStatus;
import io.zerostate.bus.StopRun;
import io.zerostate.config.NodeSettings;
import io.zerostate.config.QueueSettings;
import io.zerostate.config.Role;
import io.zerostate.metrics.QueueMetrics;
import io.zerostate.queue.local.LocalTaskQueue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** The queue verticle of one node with everything around it: a real bus, the real queue in memory, and a store in memory. */
final class DispatchNode implements AutoCloseable {
    static final String NAME = "node-1";

    /** Short, so that a test that waits for a lease to end ends soon. */
    static final Duration LEASE = Duration.ofMillis(800);

    final Vertx vertx = Vertx.vertx();
    final Bus bus = Bus.withCodecs(vertx);
    final ShiftedClock clock = new ShiftedClock();
    final InMemoryTaskStore store = new InMemoryTaskStore(clock);
    final UnreliableQueue queue = new UnreliableQueue(new LocalTaskQueue(vertx, NAME, LEASE, clock));
    final MeterRegistry meters = new SimpleMeterRegistry();
    final Heard<StopRun> stops = new Heard<>();
    final Heard<NodeStatus> statuses = new Heard<>();
    final QueueConsumerVerticle verticle;

    DispatchNode(Duration grace) {
        this(grace, Long.MAX_VALUE);
    }

    DispatchNode(long memoryBytes) {
        this(Duration.ofSeconds(5), memoryBytes);
    }

    private DispatchNode(Duration grace, long memoryBytes) {
        store.serve(bus);
        bus.listen(Addresses.RUN_STOP, stops::add).completion().await();
        bus.listen(Addresses.NODE_STATUS, statuses::add).completion().await();
        verticle = new QueueConsumerVerticle(
                bus,
                queue,
                new NodeSettings(NAME, Path.of("data"), Set.of(Role.API, Role.EXECUTOR), grace, Duration.ZERO),
                new QueueSettings(
                        LEASE, Duration.ofMillis(200), Duration.ofMillis(50), Duration.ofMillis(300), 3, 1_000, 1_000),
                new QueueConsumerVerticle.Sources(memoryBytes, clock, () -> 0.5, new QueueMetrics(meters)));
    }

    DispatchNode() {
        this(Duration.ofSeconds(5));
    }

    DispatchNode start() {
        vertx.deployVerticle(verticle).await();
        return this;
    }

    Health health() {
        return bus.request(Addresses.HEALTH_QUEUE, new CheckHealth()).await();
    }

    double gauge(String name) {
        return meters.get(name).gauge().value();
    }

    double counter(String name) {
        return meters.get(name).counter().count();
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
