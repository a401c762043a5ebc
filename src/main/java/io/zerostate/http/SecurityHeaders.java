package io.zerostate.http;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;

/**
 * Headers that keep a browser from doing more with an answer than it was meant for: nothing is loaded from another
 * host, nothing is guessed from content, no page is framed.
 */
final class SecurityHeaders implements Handler<RoutingContext> {

    private static final String POLICY =
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
                    + " form-action 'self'; frame-ancestors 'none'";

    /** Swagger UI sets style attributes. */
    private static final String DOCS_POLICY = POLICY + "; style-src 'self' 'unsafe-inline'";

    @Override
    public void handle(RoutingContext context) {
        MultiMap headers = context.response().headers();
        headers.set("Content-Security-Policy", context.request().path().startsWith("/docs") ? DOCS_POLICY : POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        context.next();
    }
}
