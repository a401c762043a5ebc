package io.zerostate.app.bench;

/** Time as a load sees it. */
interface Time {
    /** Nanoseconds since some moment. */
    long nanos();

    /** Calls {@code action} on the load's event loop when {@link #nanos} has come to {@code nanos}, within a tenth of a millisecond. */
    void at(long nanos, Runnable action);
}
