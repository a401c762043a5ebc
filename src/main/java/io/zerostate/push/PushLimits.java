package io.zerostate.push;

import java.time.Duration;

/**
 * What one client may cost.
 *
 * @param addressesPerSocket addresses that one SockJS socket may watch; each is a registration that the whole cluster is told of
 * @param unreadBytes what may wait for a client that reads slower than it is written to, in bytes for SSE and characters for
 *     SockJS; beyond that the client is dropped, and finds its place again when it returns
 * @param pendingEvents events kept for an SSE client while the state it starts from is asked for
 * @param heartbeat how often a silent SSE stream gets a comment: below the 30 s after which common proxies close a silent connection
 * @param pingTimeout how long a SockJS client may go without a ping; browsers slow the timers of a hidden page to one a minute
 */
public record PushLimits(
        int addressesPerSocket, int unreadBytes, int pendingEvents, Duration heartbeat, Duration pingTimeout) {
    public static final PushLimits DEFAULT =
            new PushLimits(100, 1 << 20, 1_000, Duration.ofSeconds(15), Duration.ofSeconds(150));
}
