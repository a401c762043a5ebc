package io.zerostate.bus;

/** How far a message goes. */
public enum Scope {
    /** Inside the node that sent it: the way of a task through its node, and requests that every node can serve. */
    NODE,
    /** To the whole cluster. */
    CLUSTER
}
