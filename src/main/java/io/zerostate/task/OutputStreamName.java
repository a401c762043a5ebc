package io.zerostate.task;

import java.util.Locale;

/** The two streams that a program writes. */
public enum OutputStreamName {
    STDOUT,
    STDERR;

    /** The lower-case name used in JSON and messages. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
