package io.zerostate.task;

import java.time.Duration;

/** What becomes of a task when one of its attempts has ended. */
public sealed interface Settlement {
    /** The task ends in {@code state}. */
    record End(TaskState state) implements Settlement {
        public End {
            if (!state.isTerminal()) {
                throw new IllegalArgumentException(state + " does not end a task");
            }
        }
    }

    /** The task waits for {@code delay} and is tried again. */
    record Retry(Duration delay) implements Settlement {}

    /**
     * Applies the retry policy to an outcome.
     *
     * @param retriesUsed retries before this attempt
     * @param jitter a random share from 0 (inclusive) to 1 (exclusive)
     */
    static Settlement of(Outcome outcome, RetryPolicy policy, int retriesUsed, double jitter) {
        Failure failure = outcome.failure();
        if (failure == null) {
            return new End(TaskState.COMPLETED);
        }
        if (failure.code() == ErrorCode.CANCELLED) {
            return new End(TaskState.CANCELLED);
        }
        return policy.allows(failure.code(), retriesUsed)
                ? new Retry(policy.delay(retriesUsed, jitter))
                : new End(TaskState.FAILED);
    }
}
