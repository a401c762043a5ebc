package io.zerostate.faults;

import io.zerostate.config.DatabaseSettings;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where one node is, and the proxies that it reaches others through.
 *
 * @param members places of all nodes
 * @param database what the proxy to PostgreSQL leads to
 */
record NodeNetwork(
        Place place, List<Place> members, TcpProxy postgres, TcpProxy redis, DatabaseSettings database)
        implements AutoCloseable {

    /** The settings that follow from it. A node that is alone has no Redis. */
    Map<String, String> environment() {
        Map<String, String> settings = new HashMap<>();
        settings.put("ZEROSTATE_HTTP_HOST", place.host());
        settings.put("ZEROSTATE_HTTP_PORT", Integer.toString(place.httpPort()));
        settings.put("ZEROSTATE_HTTP_API_KEY", NodeClient.API_KEY);
        settings.put("ZEROSTATE_DATABASE_URL", "postgresql://" + postgres.address() + URI.create(database.url()).getPath());
        settings.put("ZEROSTATE_DATABASE_USER", database.user());
        settings.put("ZEROSTATE_DATABASE_PASSWORD", database.password());
        if (members.size() > 1) {
            settings.put("ZEROSTATE_REDIS_URLS", "redis://" + redis.address());
            settings.put("ZEROSTATE_CLUSTER_HOST", place.host());
            settings.put("ZEROSTATE_CLUSTER_PORT", Integer.toString(place.clusterPort()));
            settings.put(
                    "ZEROSTATE_CLUSTER_MEMBERS", members.stream().map(Place::member).collect(Collectors.joining(",")));
        }
        return settings;
    }

    @Override
    public void close() throws IOException {
        postgres.close();
        redis.close();
    }
}
