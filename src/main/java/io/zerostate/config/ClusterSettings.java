package io.zerostate.config;

import java.time.Duration;
import java.util.List;

/**
 * How nodes find and hear each other. Nodes that share a Redis form a cluster; without one a node is alone.
 *
 * @param name only nodes of the same name join
 * @param host the address of this node that the others reach, and the interface that it binds
 * @param port where members listen; the next ones are tried when it is taken
 * @param busPort where the event bus listens; 0 lets the system choose
 * @param members {@code host} or {@code host:port} of some nodes, itself among them or not
 * @param kubernetesDns a headless Service whose addresses are the nodes; then {@code members} is not used
 * @param heartbeat a node that is silent for longer is taken out of the cluster
 * @param config a Hazelcast configuration file in place of the one in the jar; empty for that one
 */
public record ClusterSettings(
        String name,
        String host,
        int port,
        int busPort,
        List<String> members,
        String kubernetesDns,
        Duration heartbeat,
        String config) {
    public ClusterSettings {
        members = List.copyOf(members);
    }
}
