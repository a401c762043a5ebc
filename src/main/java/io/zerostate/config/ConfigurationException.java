package io.zerostate.config;

import java.util.List;

/** The configuration cannot be used. Says everything that is wrong with it at once, and carries no stack trace. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param problems one line each, naming the key and where it was set */
    public ConfigurationException(List<String> problems) {
        super("bad configuration: " + String.join("; ", problems), null, false, false);
    }
}
