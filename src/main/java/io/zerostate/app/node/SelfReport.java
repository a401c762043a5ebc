package io.zerostate.app.node;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.Bus;
import io.zerostate.bus.NodeFacts;
import io.zerostate.config.NodeSettings;
import io.zerostate.config.Role;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Tells every node what this one is, for those who look at the cluster. */
final class SelfReport extends VerticleBase {
    private static final long PERIOD_MS = 5_000;

    private final Bus bus;
    private final NodeSettings node;
    private final String version;

    SelfReport(Bus bus, NodeSettings node) {
        this.bus = bus;
        this.node = node;
        String built = SelfReport.class.getPackage().getImplementationVersion();
        this.version = built == null ? "unpackaged" : built;
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(0, PERIOD_MS, timer -> report());
        return Future.succeededFuture();
    }

    private void report() {
        List<String> roles = node.roles().stream().map(SelfReport::name).sorted().toList();
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        Instant startedAt = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        bus.publish(
                Addresses.NODE_FACTS,
                new NodeFacts(node.name(), version, roles, startedAt, heap.getUsed(), heap.getMax()));
    }

    private static String name(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
