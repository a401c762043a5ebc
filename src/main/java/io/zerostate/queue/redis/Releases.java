package io.zerostate.queue.redis;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * Leases that are to be ended. Attempts are stored in batches and so end in heaps, but the port is told of them one by one: those of a
 * moment travel in one call. Safe from any thread.
 */
final class Releases {
    private final Vertx vertx;
    private final Function<List<UUID>, Future<Void>> call;
    private final Object lock = new Object();
    private List<Release> waiting = new ArrayList<>();

    /**
     * @param call ends the leases of these tasks
     */
    Releases(Vertx vertx, Function<List<UUID>, Future<Void>> call) {
        this.vertx = vertx;
        this.call = call;
    }

    /** Is sent with those that are told next, when what runs on the caller's context now has ended. */
    Future<Void> add(UUID taskId) {
        Release release = new Release(taskId, vertx.getOrCreateContext());
        boolean first;
        synchronized (lock) {
            first = waiting.isEmpty();
            waiting.add(release);
        }
        if (first) {
            release.context.runOnContext(ignored -> send());
        }
        return release.promise.future();
    }

    /** Sends what waits. To be called before anything else is sent, so that calls reach Redis in their order. */
    void send() {
        List<Release> batch;
        synchronized (lock) {
            if (waiting.isEmpty()) {
                return;
            }
            batch = waiting;
            waiting = new ArrayList<>();
        }
        call.apply(batch.stream().map(Release::taskId).toList())
                .onComplete(answer -> batch.forEach(release -> release.end(answer)));
    }

    private record Release(UUID taskId, Context context, Promise<Void> promise) {
        private Release(UUID taskId, Context context) {
            this(taskId, context, Promise.promise());
        }

        private void end(AsyncResult<Void> answer) {
            context.runOnContext(ignored -> promise.handle(answer));
        }
    }
}
