package io.zerostate.config;

/** What a node does for the cluster. */
public enum Role {
    /** Takes requests over HTTP and follows tasks live. */
    API,
    /** Runs tasks. */
    EXECUTOR
}
