package io.zerostate.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/** The figures of the node. */
final class MetricsRoutes {

    /** Version 0.0.4 of the Prometheus text format. */
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final Supplier<String> scrape;

    MetricsRoutes(Supplier<String> scrape) {
        this.scrape = scrape;
    }

    void bind(Operations operations) {
        operations.on("getMetrics", this::show);
    }

    private void show(RoutingContext context) {
        context.vertx()
                .executeBlocking(() -> Buffer.buffer(scrape.get()), false)
                .onComplete(text -> Answer.bytes(context, TEXT, text), context::fail);
    }
}
