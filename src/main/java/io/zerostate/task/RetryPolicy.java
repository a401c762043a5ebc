package io.zerostate.task;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * Whether and when a failed attempt is tried again.
 *
 * @param maxRetries 0 to 10; attempts are one more than this
 * @param delayMs milliseconds before the first retry
 * @param factor each further delay is the one before times this, at least 1
 * @param retryOn the failures that are worth another attempt; a subset of {@link #RETRYABLE}
 */
public record RetryPolicy(int maxRetries, long delayMs, double factor, Set<ErrorCode> retryOn) {
    /** Another attempt may end differently only for these. */
    public static final Set<ErrorCode> RETRYABLE =
            Set.copyOf(EnumSet.of(ErrorCode.EXIT, ErrorCode.TRAP, ErrorCode.TIMEOUT, ErrorCode.LOST));

    /** Three retries, after 2, 4 and 8 s. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(3, 2_000, 2.0, RETRYABLE);

    public static final int MAX_RETRIES = 10;
    /** The longest base delay that can be asked for: one day in milliseconds. */
    public static final long MAX_DELAY_MS = 86_400_000;
    public static final double MAX_FACTOR = 10.0;
    /** Longest wait, in milliseconds, for something that is away: soon after it is back, and little load until then. */
    static final long MAX_POSTPONEMENT_MS = 30_000;

    private static final long FIRST_POSTPONEMENT_MS = 2_000;

    /** A delay grows by up to this share, so that tasks that failed together do not come back together. */
    public static final double JITTER = 0.2;

    public RetryPolicy {
        retryOn = Set.copyOf(retryOn);
        if (maxRetries < 0 || maxRetries > MAX_RETRIES) {
            throw new RefusedException(
                    ErrorCode.LIMIT_EXCEEDED, "retry.max_retries is " + maxRetries + " but must be between 0 and " + MAX_RETRIES);
        }
        if (delayMs < 0 || delayMs > MAX_DELAY_MS) {
            throw new RefusedException(
                    ErrorCode.LIMIT_EXCEEDED, "retry.delay_ms is " + delayMs + " but must be between 0 and " + MAX_DELAY_MS);
        }
        if (!(factor >= 1 && factor <= MAX_FACTOR)) {
            throw new RefusedException(
                    ErrorCode.LIMIT_EXCEEDED, "retry.factor is " + factor + " but must be between 1 and " + MAX_FACTOR);
        }
        if (!RETRYABLE.containsAll(retryOn)) {
            throw new RefusedException(
                    ErrorCode.LIMIT_EXCEEDED, "retry.retry_on may hold exit, trap, timeout and lost only");
        }
    }

    /** True when an attempt that ended with {@code code}, after {@code retriesUsed} retries, is to be tried again. */
    public boolean allows(ErrorCode code, int retriesUsed) {
        return retryOn.contains(code) && retriesUsed < maxRetries;
    }

    /**
     * The wait before the next retry, never shorter than its nominal delay.
     *
     * @param retriesUsed retries before this one, from 0
     * @param jitter a random share from 0 (inclusive) to 1 (exclusive)
     */
    public Duration delay(int retriesUsed, double jitter) {
        double nominal = delayMs * Math.pow(factor, retriesUsed);
        return stretched(Math.min(nominal, MAX_DELAY_MS), jitter);
    }

    /**
     * The wait before another look for something that is away, whatever the policy: 2, 4, 8, 16 s, and 30 s from then on for as long
     * as it takes.
     *
     * @param postponed waits before this one, from 0
     * @param jitter a random share from 0 (inclusive) to 1 (exclusive)
     */
    public static Duration postponement(int postponed, double jitter) {
        double nominal = FIRST_POSTPONEMENT_MS * Math.pow(2, postponed);
        return stretched(Math.min(nominal, MAX_POSTPONEMENT_MS), jitter);
    }

    private static Duration stretched(double delayMs, double jitter) {
        return Duration.ofMillis((long) Math.ceil(delayMs * (1 + JITTER * jitter)));
    }
}
