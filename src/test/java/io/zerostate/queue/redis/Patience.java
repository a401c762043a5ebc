package io.zerostate.queue.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.zerostate.postgres.Answers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits on a test's thread for what comes about by itself. */
record Patience(Vertx vertx) {
    private static final long LIMIT = Duration.ofSeconds(30).toNanos();

    void until(BooleanSupplier condition) {
        untilSucceeded(() -> condition.getAsBoolean() ? Future.succeededFuture() : Future.failedFuture("it is not so"));
    }

    /** Calls until it succeeds. */
    <T> T untilSucceeded(Supplier<Future<T>> call) {
        long start = System.nanoTime();
        @Nullable Throwable failure = null;
        while (System.nanoTime() - start < LIMIT) {
            Future<T> answer = Answers.of(call.get().map(Future::succeededFuture).otherwise(Future::failedFuture));
            if (answer.succeeded()) {
                return answer.result();
            }
            failure = answer.cause();
            Answers.of(vertx.timer(10, TimeUnit.MILLISECONDS));
        }
        throw new AssertionError("nothing came of it in 30 s", failure);
    }
}
