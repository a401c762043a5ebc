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

    /** The task waits for {@code delay} and is tried again, which is one of its retries. */
    record Retry(Duration delay) implements Settlement {}

    /** The task waits for {@code delay} and is tried again, which counts as nothing: no attempt of it has begun its program. */
    record Postpone(Duration delay) implements Settlement {}

    /**
     * Applies the retry policy to an outcome.
     *
     * @param retriesUsed retries before this attempt
     * @param postponed attempts before this one that counted as nothing
     * @param jitter a random share from 0 (inclusive) to 1 (exclusive)
     */
    static Settlement of(Outcome outcome, RetryPolicy policy, int retriesUsed, int postponed, double jitter) {
        if (outcome instanceof Outcome.Unavailable) {
            return new Postpone(RetryPolicy.postponement(postponed, jitter));
        }
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
