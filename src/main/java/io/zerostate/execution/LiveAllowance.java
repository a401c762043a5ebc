package io.zerostate.execution;

import java.util.concurrent.TimeUnit;

/**
 * How much of its output one run may have published live: a token bucket, so that a program which floods its streams costs itself, and not
 * those who watch other tasks, a gap in what is seen. The result has it all. Not safe for threads: its run locks.
 */
final class LiveAllowance {
    /** More text a second than anybody reads, and a megabyte of output within two seconds. */
    static final int BYTES_PER_SECOND = 512 * 1024;

    static final int BURST = 128 * 1024;

    /** The end of what a program wrote says most about why it ended: so much of it is let through in any case. */
    static final int LAST_WORDS = 16 * 1024;

    private long left = BURST;
    private long filledAt;

    /** @param nanoTime now, as {@link System#nanoTime} tells it */
    LiveAllowance(long nanoTime) {
        filledAt = nanoTime;
    }

    /** Bytes that may be published now. */
    int available(long nanoTime) {
        long earned = (nanoTime - filledAt) * BYTES_PER_SECOND / TimeUnit.SECONDS.toNanos(1);
        if (earned > 0) {
            left = Math.min(BURST, left + earned);
            filledAt = nanoTime;
        }
        return (int) Math.max(0, left);
    }

    void spend(int bytes) {
        left -= bytes;
    }
}
