package io.zerostate.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Redis, the dispatch index that the nodes of a cluster share.
 *
 * @param urls {@code redis://host:6379/0}, or {@code rediss://} for TLS; several are nodes of one Redis Cluster; none: the node is
 *     alone and keeps its queue in memory
 * @param user of the access control list; empty for the default user
 * @param caFile PEM file with the authorities that sign Redis' certificate; empty for those that Java trusts
 * @param namespace the keys' common part, so that several clusters can share a Redis
 * @param timeout how long a command may take before Redis counts as away
 */
public record RedisSettings(
        List<URI> urls, String user, String password, String caFile, String namespace, Duration timeout) {
    public RedisSettings {
        urls = List.copyOf(urls);
    }

    /** Without the password: records end up in logs. */
    @Override
    public String toString() {
        return "RedisSettings[urls=" + urls + ", user=" + user + ", namespace=" + namespace + "]";
    }
}
