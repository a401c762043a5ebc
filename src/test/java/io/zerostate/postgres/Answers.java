package io.zerostate.postgres;

import static org.assertj.core.api.Assertions.catchThrowable;

import io.vertx.core.Future;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.RefusedException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Waits for futures on a test's thread. */
public final class Answers {
    private static final long PATIENCE_SECONDS = 30;

    private Answers() {}

    /** The value; throws what the future failed with. */
    public static <T> T of(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException("no answer within " + PATIENCE_SECONDS + " s", e);
        }
    }

    /** Why the future was refused; fails the test when it was not. */
    public static ErrorCode refusalOf(Future<?> future) {
        Throwable failure = catchThrowable(() -> of(future));
        if (failure instanceof RefusedException refused) {
            return refused.code();
        }
        throw new AssertionError("expected a refusal, got " + (failure == null ? of(future) : failure), failure);
    }

    /** Starts the same call many times at once and waits for all of them. */
    public static <T> List<T> ofMany(int times, Supplier<Future<T>> call) {
        return ofAll(IntStream.range(0, times).mapToObj(i -> call.get()).toList());
    }

    public static <T> List<T> ofAll(List<Future<T>> futures) {
        return futures.stream().map(Answers::of).toList();
    }
}
