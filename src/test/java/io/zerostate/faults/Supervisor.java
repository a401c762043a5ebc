package io.zerostate.faults;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Starts nodes again that ended by themselves, as an init system does. */
final class Supervisor implements AutoCloseable {
    private static final long INTERVAL_MS = 200;

    private final List<FaultNode> nodes;
    private final AtomicInteger restarts = new AtomicInteger();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    Supervisor(List<FaultNode> nodes) {
        this.nodes = nodes;
        clock.scheduleWithFixedDelay(this::look, 0, INTERVAL_MS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        for (FaultNode node : nodes) {
            if (!node.isAlive()) {
                restarts.incrementAndGet();
                node.launch("");
            }
        }
    }

    int restarts() {
        return restarts.get();
    }

    @Override
    public void close() {
        clock.close();
    }
}
