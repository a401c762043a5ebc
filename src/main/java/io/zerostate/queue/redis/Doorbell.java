package io.zerostate.queue.redis;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where a node waits for work: blocked, on a connection of its own, at a list into which a token is put for each task that comes. A list
 * and not a channel, because a token wakes one node, the one that has waited longest, and costs nothing when none waits; a message would
 * wake all of them for each task. A token that a dying node took with it costs the others their patience, no more.
 *
 * <p>Redis ends a wait only to the tenth of a second, so timers of this process do it. A token that comes when nobody waits here any
 * more is given back. Safe from any thread.
 */
final class Doorbell {
    private final Vertx vertx;
    private final RedisLink link;
    private final RedisTarget target;
    private final RedisScripts scripts;
    private final String key;
    private final Object lock = new Object();
    private List<Listener> listeners = new ArrayList<>();
    private boolean listening;

    Doorbell(Vertx vertx, RedisTarget target, RedisScripts scripts, QueueKeys keys) {
        this.vertx = vertx;
        this.link = new RedisLink(vertx, target);
        this.target = target;
        this.scripts = scripts;
        this.key = keys.wake();
    }

    /** Completes on the caller's context when it rings, at the latest after {@code wait}. */
    Future<Void> listen(Duration wait) {
        // A timer counts whole milliseconds, and one that rings early would only have to be set again.
        long waitMs = wait.toMillis() + 1;
        Listener listener = new Listener(vertx.getOrCreateContext(), System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMs));
        listener.timer = vertx.setTimer(waitMs, timer -> {
            if (forget(listener)) {
                listener.end(Future.succeededFuture());
            }
        });
        boolean first;
        synchronized (lock) {
            listeners.add(listener);
            first = !listening;
            listening = true;
        }
        if (first) {
            block();
        }
        return listener.promise.future();
    }

    Future<Void> close() {
        return link.close();
    }

    private void block() {
        long waitMs = 0;
        synchronized (lock) {
            for (Listener listener : listeners) {
                waitMs = Math.max(waitMs, TimeUnit.NANOSECONDS.toMillis(listener.until - System.nanoTime()));
            }
            if (waitMs == 0) {
                listening = false;
                return;
            }
        }
        Request request = Request.cmd(Command.BLPOP).arg(key).arg(BigDecimal.valueOf(waitMs, 3).toPlainString());
        link.send(request, Duration.ofMillis(waitMs).plus(target.timeout())).onComplete(this::answered);
    }

    private void answered(AsyncResult<@Nullable Response> answer) {
        if (answer.failed()) {
            forgetAll().forEach(listener -> listener.end(Future.failedFuture(target.explain(answer.cause()))));
        } else if (answer.result() == null) {
            block();
        } else {
            List<Listener> awake = forgetAll();
            awake.forEach(listener -> listener.end(Future.succeededFuture()));
            if (awake.isEmpty()) {
                scripts.run(Script.RING, List.of());
            }
        }
    }

    private boolean forget(Listener listener) {
        synchronized (lock) {
            return listeners.remove(listener);
        }
    }

    private List<Listener> forgetAll() {
        synchronized (lock) {
            List<Listener> all = listeners;
            listeners = new ArrayList<>();
            listening = false;
            return all;
        }
    }

    private final class Listener {
        private final Promise<Void> promise = Promise.promise();
        private final Context context;
        private final long until;
        private long timer;

        private Listener(Context context, long until) {
            this.context = context;
            this.until = until;
        }

        /** Called once, by whoever took it off the list. */
        private void end(Future<Void> how) {
            vertx.cancelTimer(timer);
            context.runOnContext(ignored -> promise.handle(how));
        }
    }
}
