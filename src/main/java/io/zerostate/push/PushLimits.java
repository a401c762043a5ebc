package io.zerostate.push;

import java.time.Duration;

/**
 * What one client may cost.
 *
 * @param connectionsPerClient streams and sockets that one network address may have open; a proxy in front is one
 * @param addressesPerSocket addresses that one SockJS socket may watch
 * @param unreadBytes what may wait for a client that reads slower than it is written to, in bytes for SSE and characters for
 *     SockJS; beyond that the client is dropped, and finds its place again when it returns. Four of the largest messages
 * @param pendingEvents events kept for a client while the state it starts from is asked for
 * @param heartbeat how often a silent SSE stream gets a comment: below the 30 s after which common proxies close a silent connection
 * @param pingTimeout how long a SockJS client may go without a ping; browsers slow the timers of a hidden page to one a minute
 */
public record PushLimits(
        int connectionsPerClient,
        int addressesPerSocket,
        int unreadBytes,
        int pendingEvents,
        Duration heartbeat,
        Duration pingTimeout) {
    public static final PushLimits DEFAULT =
            new PushLimits(1_000, 100, 256 * 1024, 1_000, Duration.ofSeconds(15), Duration.ofSeconds(150));
}
