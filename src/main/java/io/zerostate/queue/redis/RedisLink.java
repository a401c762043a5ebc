package io.zerostate.queue.redis;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.zerostate.task.RefusedException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to Redis: one connection per server, on which calls follow each other without waiting for answers. It is opened with
 * the first call, thrown away at the first sign of trouble, and opened again with the next call; while Redis stays away, calls in
 * between tries fail at once. Calls reach Redis in the order in which they were made. Safe from any thread.
 */
final class RedisLink {
    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);

    /** Beyond this many calls without an answer Redis is hopelessly behind, and further ones are not kept waiting. */
    static final int MOST_CALLS = 2_048;

    private static final long FIRST_PAUSE_MS = 50;
    private static final long LONGEST_PAUSE_MS = 1_000;

    private final Vertx vertx;
    private final RedisTarget target;
    private final Object lock = new Object();
    private @Nullable RedisSession session;
    private int calls;
    private int failures;
    private long nextTry;
    private @Nullable RefusedException outage;
    private boolean closed;

    RedisLink(Vertx vertx, RedisTarget target) {
        this.vertx = vertx;
        this.target = target;
    }

    /**
     * Has Redis run a command that does not block.
     *
     * @return see {@link #send(Request, Duration)}
     */
    Future<@Nullable Response> send(Request request) {
        return send(request, target.timeout());
    }

    /**
     * Has Redis run a command.
     *
     * @param patience after which Redis counts as away
     * @return the answer, on the caller's context; fails with {@link RefusedException} when there is none, with the reply itself when
     *     Redis replied an error
     */
    Future<@Nullable Response> send(Request request, Duration patience) {
        RedisSession used;
        synchronized (lock) {
            RefusedException obstacle = obstacle();
            if (obstacle != null) {
                return Future.failedFuture(obstacle);
            }
            if (session == null) {
                session = RedisSession.open(vertx, target);
                session.whenBroken(this::broken);
            }
            used = session;
            calls++;
        }
        Call call = new Call(vertx.getOrCreateContext());
        long timer = vertx.setTimer(patience.toMillis(), late -> {
            RefusedException silence = target.unavailable("did not answer within " + patience.toMillis() + " ms");
            broken(used, silence);
            end(call, Future.failedFuture(silence));
        });
        used.send(request).onComplete(answer -> {
            vertx.cancelTimer(timer);
            answered(used, call, answer);
        });
        return call.answer.future();
    }

    /** Ends the connections; calls that wait for an answer fail, and so do later ones. */
    Future<Void> close() {
        RedisSession last;
        synchronized (lock) {
            closed = true;
            last = session;
            session = null;
        }
        return last == null ? Future.succeededFuture() : last.close();
    }

    /** Why no call can be made now. */
    private @Nullable RefusedException obstacle() {
        if (closed) {
            return target.unavailable("is not used any more: this node stops");
        }
        if (session == null && outage != null && System.nanoTime() - nextTry < 0) {
            return outage;
        }
        return calls < MOST_CALLS ? null : target.unavailable("is too slow: " + calls + " calls wait for it");
    }

    private void answered(RedisSession used, Call call, AsyncResult<@Nullable Response> answer) {
        if (answer.failed() && used.isBrokenBy(answer.cause())) {
            RefusedException reason = target.explain(answer.cause());
            broken(used, reason);
            end(call, Future.failedFuture(reason));
        } else {
            reached(used);
            end(call, answer);
        }
    }

    private void end(Call call, AsyncResult<@Nullable Response> answer) {
        if (call.ended.compareAndSet(false, true)) {
            synchronized (lock) {
                calls--;
            }
            call.context.runOnContext(ignored -> call.answer.handle(answer));
        }
    }

    private void reached(RedisSession used) {
        boolean again;
        synchronized (lock) {
            again = outage != null && session == used;
            if (again) {
                outage = null;
                failures = 0;
            }
        }
        if (again) {
            LOG.info("Redis at {} is available again", target.name());
        }
    }

    /** The first time the next call tries again at once: a connection that broke says little about the next one. */
    private void broken(RedisSession broken, RefusedException reason) {
        boolean first;
        synchronized (lock) {
            if (session != broken) {
                return;
            }
            session = null;
            first = outage == null;
            outage = reason;
            long pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << Math.min(failures, 10));
            nextTry = System.nanoTime() + (failures == 0 ? 0 : TimeUnit.MILLISECONDS.toNanos(pauseMs));
            failures++;
        }
        // Said once per outage, not once per call.
        if (first) {
            LOG.warn("{}", reason.getMessage());
        }
        broken.close();
    }

    /** A caller that waits. */
    private static final class Call {
        private final Promise<@Nullable Response> answer = Promise.promise();
        private final AtomicBoolean ended = new AtomicBoolean();
        private final Context context;

        private Call(Context context) {
            this.context = context;
        }
    }
}
