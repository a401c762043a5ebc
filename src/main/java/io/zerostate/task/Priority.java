package io.zerostate.task;

import java.util.Locale;

/** How a waiting task stands in line against others; first in, first out among equals. */
public enum Priority {
    LOW(3),
    NORMAL(2),
    HIGH(1),
    CRITICAL(0);

    /** The rank of a task that somebody asked to run now: ahead of every priority. */
    public static final int HEAD_OF_LINE = -1;

    private final int rank;

    Priority(int rank) {
        this.rank = rank;
    }

    /** Lower runs first. */
    public int rank() {
        return rank;
    }

    /** The lower-case name used in JSON, SQL and metric tags. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The priority with this wire name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Priority ofWireName(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
