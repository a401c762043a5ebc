package io.zerostate.config;

/** Everything that can be configured, by section. The sections carry the names of the keys in {@code conf/zerostate.json}. */
public record Settings(
        NodeSettings node,
        HttpSettings http,
        DatabaseSettings database,
        RedisSettings redis,
        ClusterSettings cluster,
        QueueSettings queue,
        RetentionSettings retention,
        ExecutionSettings execution,
        BinarySettings binaries,
        S3Settings s3,
        LogSettings log) {
    /** The same with another node section. */
    public Settings withNode(NodeSettings other) {
        return new Settings(other, http, database, redis, cluster, queue, retention, execution, binaries, s3, log);
    }

    /** True when this node shares its work with others, by way of Redis. */
    public boolean isClustered() {
        return !redis.urls().isEmpty();
    }
}
