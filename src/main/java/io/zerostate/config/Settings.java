package io.zerostate.config;

/** Everything that can be configured, by section. The sections carry the names of the keys in {@code conf/zerostate.json}. */
public record Settings(
        NodeSettings node,
        HttpSettings http,
        DatabaseSettings database,
        QueueSettings queue,
        ExecutionSettings execution,
        BinarySettings binaries,
        LogSettings log) {}
