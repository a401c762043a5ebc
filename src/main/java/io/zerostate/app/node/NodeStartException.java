package io.zerostate.app.node;

/** A node cannot start. The message is one line for people, who can do something about it. */
public final class NodeStartException extends Exception {
    private static final long serialVersionUID = 1L;

    NodeStartException(String message) {
        super(message, null, false, false);
    }
}
