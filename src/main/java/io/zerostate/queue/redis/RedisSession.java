package io.zerostate.queue.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.zerostate.task.RefusedException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A client and its connections, from when they are opened until they break. They end as a whole: nothing of them is mended. */
final class RedisSession {
    private final RedisTarget target;
    private final Redis client;
    private final Future<RedisConnection> connection;

    private RedisSession(RedisTarget target, Redis client) {
        this.target = target;
        this.client = client;
        // Composed, so that an address that is not one fails the connection, too, and is not thrown at whoever calls.
        this.connection = Future.succeededFuture().compose(ignored -> client.connect());
    }

    static RedisSession open(Vertx vertx, RedisTarget target) {
        return new RedisSession(target, Redis.createClient(vertx, target.options()));
    }

    /** Also when nothing is being sent. */
    void whenBroken(BiConsumer<RedisSession, RefusedException> handler) {
        connection.onSuccess(open -> open.exceptionHandler(
                        failure -> handler.accept(this, target.explain(failure)))
                .endHandler(end -> handler.accept(this, target.unavailable("closed the connection"))));
    }

    Future<@Nullable Response> send(Request request) {
        return connection.compose(open -> open.send(request));
    }

    /** False for an error that Redis replied to a command, unless it says that another server is to be asked, or another user. */
    boolean isBrokenBy(Throwable failure) {
        if (!connection.succeeded() || !(failure instanceof Response)) {
            return true;
        }
        String reply = String.valueOf(failure.getMessage());
        return reply.startsWith(RedisTarget.CONNECTION_CLOSED)
                || reply.startsWith("MOVED")
                || reply.startsWith("READONLY")
                || reply.startsWith("MASTERDOWN")
                || reply.startsWith("NOAUTH");
    }

    Future<Void> close() {
        return client.close();
    }
}
