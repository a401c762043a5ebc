package io.zerostate.config;

/**
 * The log, which goes to stderr.
 *
 * @param level of the product's own loggers
 */
public record LogSettings(Format format, Level level) {

    /** How a line looks. */
    public enum Format {
        /** {@link #TEXT} on a terminal, {@link #JSON} otherwise. */
        AUTO,
        /** For people. */
        TEXT,
        /** One JSON object per line, for machines. */
        JSON
    }

    /** From which severity on lines are written. */
    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }
}
