package io.zerostate.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

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
        LoggingEventBuilder line = LOG.atLevel(isProbe(path) ? Level.DEBUG : Level.INFO)
                .addKeyValue("trace_id", TraceContext.of(context))
                .addKeyValue("method", context.request().method().name())
                .addKeyValue("path", path)
                .addKeyValue("duration_us", nanos / NANOS_PER_MICRO)
                .addKeyValue("request_bytes", context.request().bytesRead())
                .addKeyValue("response_bytes", context.response().bytesWritten())
                .addKeyValue("remote", String.valueOf(context.request().remoteAddress()));
        if (sent) {
            line.addKeyValue("status", context.response().getStatusCode()).log("request");
        } else {
            line.log("request abandoned by the client");
        }
    }

    private static boolean isProbe(String path) {
        return path.startsWith("/health") || path.equals("/metrics");
    }
}
