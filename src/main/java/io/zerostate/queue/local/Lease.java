package io.zerostate.queue.local;

import java.time.Instant;

/**
 * A task that a node holds.
 *
 * @param node who runs it, or ran it when the lease was reaped
 * @param reaped taken over by the reaper, and so lost to whoever ran it
 */
record Lease(String node, Instant expiresAt, boolean reaped) {

    boolean hasExpired(Instant now) {
        return !expiresAt.isAfter(now);
    }
}
