package io.zerostate.config;

import java.time.Duration;

/**
 * Leases and their upkeep.
 *
 * @param lease how long a task belongs to a node without a heartbeat
 * @param heartbeat how often a node renews its leases
 * @param reap how often expired leases are looked for
 * @param reconcile how often PostgreSQL is searched for what the queue forgot
 * @param maxCrashes this many losses of a node under a task end the task
 */
public record QueueSettings(
        Duration lease, Duration heartbeat, Duration reap, Duration reconcile, int maxCrashes) {}
