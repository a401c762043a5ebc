package io.zerostate.queue.redis;

import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Response;
import io.zerostate.config.RedisSettings;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.RefusedException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Where Redis is, how it is spoken to, and how its failures are told to people. */
record RedisTarget(RedisSettings settings) {
    /** How the client fails what was sent on a connection that ended; it looks like an error that Redis replied. */
    static final String CONNECTION_CLOSED = "CONNECTION_CLOSED";

    private static final int DEFAULT_PORT = 6379;

    /** One connection is used per server; a Redis Cluster has no more servers than this. */
    private static final int MOST_SERVERS = 1_000;

    Duration timeout() {
        return settings.timeout();
    }

    /** Host and port of each server. */
    String name() {
        return settings.urls().stream()
                .map(url -> url.getHost() + ":" + (url.getPort() < 0 ? DEFAULT_PORT : url.getPort()))
                .collect(Collectors.joining(", "));
    }

    RedisOptions options() {
        List<String> urls = settings.urls().stream().map(URI::toString).toList();
        RedisOptions options = new RedisOptions()
                .setType(urls.size() > 1 ? RedisClientType.CLUSTER : RedisClientType.STANDALONE)
                .setEndpoints(urls)
                .setNetClientOptions(network())
                .setMaxPoolSize(MOST_SERVERS)
                .setMaxPoolWaiting(MOST_SERVERS)
                .setMaxWaitingHandlers(2 * RedisLink.MOST_CALLS)
                .setPoolCleanerInterval(-1);
        if (!settings.password().isEmpty()) {
            options.setPassword(settings.password());
        }
        if (!settings.user().isEmpty()) {
            options.setUser(settings.user());
        }
        return options;
    }

    private NetClientOptions network() {
        NetClientOptions network = new NetClientOptions()
                .setConnectTimeout((int) timeout().toMillis())
                .setTcpKeepAlive(true)
                .setTcpNoDelay(true);
        if (settings.urls().stream().anyMatch(url -> "rediss".equals(url.getScheme()))) {
            network.setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
            if (!settings.caFile().isEmpty()) {
                network.setTrustOptions(new PemTrustOptions().addCertPath(settings.caFile()));
            }
        }
        return network;
    }

    /** Redis did not do it, for a reason that is not in the request. */
    RefusedException unavailable(String reason) {
        return new RefusedException(ErrorCode.UNAVAILABLE, "Redis at " + name() + " " + withoutPassword(reason));
    }

    /** Says of any failure which Redis it is about, and whether Redis was reached. */
    RefusedException explain(Throwable failure) {
        if (failure instanceof RefusedException explained) {
            return explained;
        }
        String reason = reason(failure);
        if (reason.startsWith(CONNECTION_CLOSED)) {
            return unavailable("closed the connection");
        }
        if (reason.startsWith("NOAUTH") || reason.contains("unauthenticated")) {
            return unavailable("wants redis.user and redis.password: " + reason);
        }
        return unavailable((failure instanceof Response ? "refuses: " : "cannot be reached: ") + reason);
    }

    /** With what lies at its bottom: "Failed to create SSL connection" alone tells nobody that the authority is not trusted. */
    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String reason = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        String cause = String.valueOf(root.getMessage());
        return root == failure || root.getMessage() == null || reason.contains(cause) ? reason : reason + " (" + cause + ")";
    }

    /** Redis quotes what it does not understand, and so, when it is very old, the login. */
    private String withoutPassword(String text) {
        return settings.password().isEmpty() ? text : text.replace(settings.password(), "***");
    }
}
