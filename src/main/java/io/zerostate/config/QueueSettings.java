package io.zerostate.config;

import java.time.Duration;

/**
 * Leases and their upkeep, and how long the line may get.
 *
 * @param lease how long a task belongs to a node without a heartbeat
 * @param heartbeat how often a node renews its leases
 * @param reap how often expired leases are looked for
 * @param reconcile how often PostgreSQL is searched for what the queue forgot
 * @param maxCrashes this many losses of a node under a task end the task
 * @param maxUnfinished tasks that wait or run, from which on no more are accepted
 * @param maxUnfinishedPerTenant the same for each tenant
 */
public record QueueSettings(
        Duration lease,
        Duration heartbeat,
        Duration reap,
        Duration reconcile,
        int maxCrashes,
        long maxUnfinished,
        long maxUnfinishedPerTenant) {}
