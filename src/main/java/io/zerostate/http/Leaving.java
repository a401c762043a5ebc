package io.zerostate.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/**
 * The way out: a node that is about to stop says so to whoever asks whether it is ready, and closes each connection with the answer
 * that it gives. So load balancers and clients with connections kept alive are gone before the server is. Event loop only.
 */
final class Leaving implements Handler<RoutingContext> {
    private boolean begun;

    /** On the way of every request. */
    @Override
    public void handle(RoutingContext context) {
        if (begun) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        context.next();
    }

    boolean hasBegun() {
        return begun;
    }

    /** @return done after {@code duration} */
    Future<Void> begin(Vertx vertx, Duration duration) {
        begun = true;
        Promise<Void> over = Promise.promise();
        if (duration.isZero()) {
            over.complete();
        } else {
            vertx.setTimer(duration.toMillis(), timer -> over.complete());
        }
        return over.future();
    }
}
