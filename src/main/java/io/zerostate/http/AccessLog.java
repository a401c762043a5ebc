package io.zerostate.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes one structured line for each request when its answer has been sent, or when the client has gone away. Probes
 * and metrics scrapes are logged at debug level, since they come every few seconds. Query strings are left out: they
 * may carry what a client typed.
 */
final class AccessLog implements Handler<RoutingContext> {

    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final long NANOS_PER_MICRO = 1_000;

    private final LongSupplier nanoTime;

    /** @param nanoTime a monotonic clock in nanoseconds */
    AccessLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public void handle(RoutingContext context) {
        long started = nanoTime.getAsLong();
        context.addEndHandler(sent -> write(context, nanoTime.getAsLong() - started, sent.succeeded()));
        context.next();
    }

    private static void write(RoutingContext context, long nanos, boolean sent) {
        String path = context.request().path();
        LOG.atLevel(isProbe(path) ? Level.DEBUG : Level.INFO)
                .addKeyValue("trace_id", TraceContext.of(context))
                .addKeyValue("method", context.request().method().name())
                .addKeyValue("path", path)
                .addKeyValue("status", context.response().getStatusCode())
                .addKeyValue("duration_us", nanos / NANOS_PER_MICRO)
                .addKeyValue("request_bytes", context.request().bytesRead())
                .addKeyValue("response_bytes", context.response().bytesWritten())
                .addKeyValue("remote", String.valueOf(context.request().remoteAddress()))
                .log(sent ? "request" : "request abandoned by the client");
    }

    private static boolean isProbe(String path) {
        return path.startsWith("/health") || path.equals("/metrics");
    }
}
