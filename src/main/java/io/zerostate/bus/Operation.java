package io.zerostate.bus;

import java.time.Duration;

/**
 * An address that answers each request with one reply.
 *
 * @param timeout how long a sender waits before it takes the receiver for gone
 * @param scope within the node for all but questions that only one certain node can answer
 */
public record Operation<Q extends BusMessage, R extends BusMessage>(
        String name, Class<Q> request, Class<R> reply, Duration timeout, Scope scope) {
    /** What every operation but execution takes: longer than any statement may run. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    Operation(String name, Class<Q> request, Class<R> reply) {
        this(name, request, reply, DEFAULT_TIMEOUT);
    }

    Operation(String name, Class<Q> request, Class<R> reply, Duration timeout) {
        this(name, request, reply, timeout, Scope.NODE);
    }
}
