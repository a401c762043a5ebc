package io.zerostate.queue.redis;

import java.util.List;
import java.util.stream.Stream;

/**
 * The queue's keys, which begin with the namespace in braces: in a Redis Cluster they are all on one server for that.
 *
 * @param all in the order in which the scripts name them
 */
record QueueKeys(List<String> all) {
    static QueueKeys of(String namespace) {
        return new QueueKeys(Stream.of("ready", "delayed", "waiting", "leases", "holders", "arrivals", "wake")
                .map(name -> "{" + namespace + "}:" + name)
                .toList());
    }

    /** The list on which nodes wait. */
    String wake() {
        return all.getLast();
    }
}
