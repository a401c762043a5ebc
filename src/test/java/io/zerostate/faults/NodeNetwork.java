package io.zerostate.faults;

import io.zerostate.config.DatabaseSettings;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one node can be reached at, and the proxies that it reaches others through.
 *
 * @param clusterPorts of all members
 */
record NodeNetwork(int index, List<Integer> httpPorts, List<Integer> clusterPorts, TcpProxy postgres, TcpProxy redis, DatabaseSettings database)
        implements AutoCloseable {

    int httpPort() {
        return httpPorts.get(index);
    }

    /** The settings that follow from it. */
    Map<String, String> environment() {
        Map<String, String> settings = new HashMap<>();
        settings.put("ZEROSTATE_HTTP_PORT", Integer.toString(httpPort()));
        String name = URI.create(database.url()).getPath();
        settings.put("ZEROSTATE_DATABASE_URL", "postgresql://127.0.0.1:" + postgres.port() + name);
        settings.put("ZEROSTATE_DATABASE_USER", database.user());
        settings.put("ZEROSTATE_DATABASE_PASSWORD", database.password());
        if (httpPorts.size() > 1) {
            settings.put("ZEROSTATE_REDIS_URLS", "redis://127.0.0.1:" + redis.port());
        }
        settings.put("ZEROSTATE_CLUSTER_PORT", Integer.toString(clusterPorts.get(index)));
        settings.put(
                "ZEROSTATE_CLUSTER_MEMBERS",
                clusterPorts.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(",")));
        return settings;
    }

    @Override
    public void close() throws IOException {
        postgres.close();
        redis.close();
    }
}
