package io.zerostate.queue.local;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Wakes those who wait for work, each on the context that it called from. Not safe for threads: its queue locks. */
final class Bell {
    private final Vertx vertx;
    private final List<Listener> listeners = new ArrayList<>();

    Bell(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * @param wait until the caller wants to look again anyway
     * @param until the same as a time of the queue's clock
     * @return completes on the caller's context after {@code wait}, or with the first {@link #ring} for something earlier
     */
    Future<Void> await(Duration wait, Instant until) {
        forgetAwake();
        Listener listener = new Listener(vertx.getOrCreateContext(), until);
        listeners.add(listener);
        // A timer counts whole milliseconds, and one that rings early would only have to be set again.
        listener.timer = vertx.setTimer(wait.toMillis() + 1, timer -> listener.promise.tryComplete());
        return listener.promise.future();
    }

    /** Wakes whoever means to wait longer than until {@code due}. */
    void ring(Instant due) {
        forgetAwake();
        for (Listener listener : listeners) {
            if (due.isBefore(listener.until)) {
                vertx.cancelTimer(listener.timer);
                listener.context.runOnContext(ignored -> listener.promise.tryComplete());
            }
        }
    }

    private void forgetAwake() {
        listeners.removeIf(listener -> listener.promise.future().isComplete());
    }

    private static final class Listener {
        private final Promise<Void> promise = Promise.promise();
        private final Context context;
        private final Instant until;
        private long timer;

        private Listener(Context context, Instant until) {
            this.context = context;
            this.until = until;
        }
    }
}
