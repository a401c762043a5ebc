package io.zerostate.faults;

import java.net.URI;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Where a node is.
 *
 * @param host its address
 * @param prefix of the command that starts it there; empty for right here
 */
record Place(String host, int httpPort, int clusterPort, List<String> prefix) {
    static final String LOOPBACK = "127.0.0.1";

    /** So many on this machine's loopback, on free ports. */
    static List<Place> onLoopback(int count, RandomGenerator chance) {
        List<Integer> ports = FreePorts.take(2 * count, chance);
        return IntStream.range(0, count)
                .mapToObj(i -> new Place(LOOPBACK, ports.get(2 * i), ports.get(2 * i + 1), List.of()))
                .toList();
    }

    URI uri() {
        return URI.create("http://" + host + ":" + httpPort);
    }

    String member() {
        return host + ":" + clusterPort;
    }
}
