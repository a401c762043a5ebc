package io.zerostate.result;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.zerostate.task.RefusedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;

/**
 * Lets single requests share statements, and with them commits. What arrives while statements are running waits for one of them to
 * end and then goes out together; on an idle node nothing waits longer than one turn of the event loop. So the batch grows with the
 * load.
 *
 * <p>Where the load comes from tasks that end one by one, a statement would begin with whichever came first, and most would be of one or
 * two. A pause after the beginning of each lets others join. It delays only those that come within it of one before.
 *
 * <p>Used on one event loop only.
 *
 * @param <Q> a request
 * @param <A> its answer
 */
final class Batcher<Q, A> {
    /** Two, so that one statement works while the other one waits for the disk. */
    private static final int MAX_RUNNING = 2;

    private final Loop loop;
    private final long pauseMs;
    private final Function<List<Q>, Future<List<A>>> statement;
    private final Bounds<Q> bounds;
    private final Queue<Waiting<Q, A>> waiting = new ArrayDeque<>();
    private int running;
    private boolean sending;
    private boolean pausing;

    /**
     * @param loop the event loop on which all of this happens
     * @param pauseMs between the beginnings of two statements, unless the second one is full; may be 0
     * @param statement answers a batch, in order
     */
    Batcher(Loop loop, long pauseMs, Bounds<Q> bounds, Function<List<Q>, Future<List<A>>> statement) {
        this.loop = loop;
        this.pauseMs = pauseMs;
        this.bounds = bounds;
        this.statement = statement;
    }

    /** An event loop. */
    @FunctionalInterface
    interface Loop {
        /** Runs something after what it does now, and after so many milliseconds at the earliest. */
        void run(long delayMs, Runnable turn);
    }

    /**
     * How much goes into one statement.
     *
     * @param items most requests
     * @param bytes weight from which on no further request is added
     */
    record Bounds<Q>(int items, long bytes, Weight<Q> weight) {}

    /** The bytes that a request carries, roughly. */
    @FunctionalInterface
    interface Weight<Q> {
        long bytes(Q request);
    }

    private record Waiting<Q, A>(Q request, Promise<A> answer) {}

    /** The answer to {@code request}. Where a whole batch fails for a reason of its own, each request is tried alone. */
    Future<A> add(Q request) {
        Promise<A> answer = Promise.promise();
        waiting.add(new Waiting<>(request, answer));
        send();
        return answer.future();
    }

    private void send() {
        boolean mayBegin = running < MAX_RUNNING && (!pausing || waiting.size() >= bounds.items());
        if (!sending && mayBegin && !waiting.isEmpty()) {
            sending = true;
            loop.run(0, () -> {
                sending = false;
                pause();
                run(take());
                send();
            });
        }
    }

    private void pause() {
        if (pauseMs > 0 && !pausing) {
            pausing = true;
            loop.run(pauseMs, () -> {
                pausing = false;
                send();
            });
        }
    }

    private List<Waiting<Q, A>> take() {
        List<Waiting<Q, A>> batch = new ArrayList<>();
        long bytes = 0;
        while (!waiting.isEmpty() && batch.size() < bounds.items() && bytes < bounds.bytes()) {
            Waiting<Q, A> next = waiting.remove();
            bytes += bounds.weight().bytes(next.request());
            batch.add(next);
        }
        return batch;
    }

    private void run(List<Waiting<Q, A>> batch) {
        running++;
        attempt(batch).onComplete(done -> {
            running--;
            send();
        });
    }

    private Future<?> attempt(List<Waiting<Q, A>> batch) {
        List<Q> requests = batch.stream().map(Waiting::request).toList();
        return statement.apply(requests).transform(answers -> {
            if (answers.succeeded()) {
                for (int i = 0; i < batch.size(); i++) {
                    batch.get(i).answer().complete(answers.result().get(i));
                }
                return Future.succeededFuture();
            }
            // A refusal, as of a server that is away, goes for all of them. Anything else is about one of them.
            if (answers.cause() instanceof RefusedException || batch.size() == 1) {
                batch.forEach(one -> one.answer().fail(answers.cause()));
                return Future.succeededFuture();
            }
            return Future.join(batch.stream().map(one -> attempt(List.of(one))).toList());
        });
    }
}
