package io.zerostate.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Callable;

/** Writes the answers of requests that went well. Event loop only. */
final class Answer {

    private Answer() {}

    static void json(RoutingContext context, int status, JsonObject body) {
        json(context, status, body.toBuffer());
    }

    /** Makes and encodes a large body on a worker thread. */
    static void largeJson(RoutingContext context, int status, Callable<JsonObject> body) {
        context.vertx()
                .executeBlocking(() -> body.call().toBuffer(), false)
                .onComplete(text -> json(context, status, text), context::fail);
    }

    static void bytes(RoutingContext context, String mediaType, Buffer body) {
        context.response().putHeader("Content-Type", mediaType).end(body);
    }

    private static void json(RoutingContext context, int status, Buffer text) {
        context.response().setStatusCode(status).putHeader("Content-Type", ContentType.JSON).end(text);
    }
}
