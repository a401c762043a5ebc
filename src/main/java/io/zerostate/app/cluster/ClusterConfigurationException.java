package io.zerostate.app.cluster;

/** The cluster cannot be joined with these settings. The message is one line for people. */
public final class ClusterConfigurationException extends Exception {
    private static final long serialVersionUID = 1L;

    ClusterConfigurationException(String message) {
        super(message, null, false, false);
    }
}
