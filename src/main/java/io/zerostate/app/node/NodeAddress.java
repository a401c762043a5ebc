package io.zerostate.app.node;

import io.zerostate.config.HttpSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.UUID;

/** Where a node listens, and what it is called. */
final class NodeAddress {
    private static final int SUFFIX_DIGITS = 6;

    private NodeAddress() {}

    /**
     * Finds out early that the port is taken, before a database has been started for nothing. The server itself still has the last
     * word.
     */
    static void requireFree(HttpSettings http) throws NodeStartException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(http.host()), http.port()));
        } catch (IOException failure) {
            throw inUse(http, failure);
        }
    }

    static NodeStartException inUse(HttpSettings http, Throwable failure) {
        return new NodeStartException("cannot listen on " + http.host() + " port " + http.port() + ": " + failure.getMessage()
                + " (choose another with --port)");
    }

    static URI uri(HttpSettings http, int port) {
        String host = http.host().contains(":") ? "[" + http.host() + "]" : http.host();
        return URI.create("http://" + host + ":" + port);
    }

    /** A name that no other node has: it owns the node's leases. */
    static String name(String configured) {
        return configured.isEmpty() ? hostName() + "-" + UUID.randomUUID().toString().substring(0, SUFFIX_DIGITS) : configured;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "node";
        }
    }
}
