package io.zerostate.bus;

import java.time.Instant;
import java.util.List;

/**
 * What a node is. Published by every node every few seconds.
 *
 * @param version of its build
 * @param roles as in its configuration
 * @param startedAt when its process began
 * @param memoryUsedBytes heap in use
 * @param memoryMaxBytes heap it may grow to
 */
public record NodeFacts(
        String node, String version, List<String> roles, Instant startedAt, long memoryUsedBytes, long memoryMaxBytes)
        implements BusMessage {
    public NodeFacts {
        roles = List.copyOf(roles);
    }
}
