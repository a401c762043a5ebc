package io.zerostate.queue;

/**
 * Where a test can take the process away between two steps that belong together, to see what the rest of the cluster makes of it.
 * Called on the verticle's context.
 */
@FunctionalInterface
public interface FailPoints {
    /** Does nothing, as in life. */
    FailPoints NONE = step -> {};

    /** What has just happened to one attempt. */
    enum Step {
        /** PostgreSQL gave it to this node; no worker knows of it yet. */
        CLAIMED,
        /** Its run is over; PostgreSQL knows nothing of that yet. */
        ENDED,
        /** PostgreSQL stored its end; the queue still has its lease. */
        FINISHED
    }

    /** An attempt got this far. */
    void reached(Step step);
}
