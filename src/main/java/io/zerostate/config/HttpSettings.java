package io.zerostate.config;

import java.time.Duration;
import java.util.List;

/**
 * The HTTP edge.
 *
 * @param port 0 lets the system choose
 * @param drain how long a node that stops still takes requests, so that load balancers see it going
 * @param maxJsonBytes largest JSON body
 * @param allowedOrigins origins beside the node's own whose pages may listen to the bridge
 * @param apiKey what requests must carry; empty turns authentication off, which only a loopback {@code host} permits
 */
public record HttpSettings(String host, int port, Duration drain, int maxJsonBytes, List<String> allowedOrigins, String apiKey) {
    public HttpSettings {
        allowedOrigins = List.copyOf(allowedOrigins);
    }

    /** Without the key: records end up in logs. */
    @Override
    public String toString() {
        return "HttpSettings[host=" + host + ", port=" + port + ", maxJsonBytes=" + maxJsonBytes + "]";
    }
}
