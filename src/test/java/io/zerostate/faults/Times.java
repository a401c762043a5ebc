package io.zerostate.faults;

import java.time.Duration;
import java.util.Map;

/** How fast the nodes of a cluster notice what goes wrong. */
record Times(Duration lease, Duration heartbeat, Duration reconcile) {
    /** So that a test need not wait long, and that a machine with more work than it can do does not lose leases for that. */
    static final Times SHORT = new Times(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(1));

    /** Those of the defaults. */
    static final Times REAL = new Times(Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofSeconds(15));

    Map<String, String> environment() {
        return Map.of(
                "ZEROSTATE_QUEUE_LEASE", lease.toMillis() + "ms",
                "ZEROSTATE_QUEUE_HEARTBEAT", heartbeat.toMillis() + "ms",
                "ZEROSTATE_QUEUE_RECONCILE", reconcile.toMillis() + "ms");
    }
}
