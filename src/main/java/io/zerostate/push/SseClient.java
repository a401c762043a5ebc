package io.zerostate.push;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.zerostate.metrics.PushMetrics;
import io.zerostate.metrics.PushMetrics.Transport;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One client of Server-Sent Events (WHATWG HTML, section 9.2): writes events as they come, and drops a client that does not
 * read. Belongs to the context of its request.
 */
final class SseClient {
    /** How long a browser waits before it comes back after a break, in milliseconds. */
    private static final int RETRY_MS = 2_000;

    private final RoutingContext request;
    private final HttpServerResponse response;
    private final PushLimits limits;
    private final PushMetrics metrics;
    private final AtomicBoolean closed = new AtomicBoolean();
    private long heartbeat = -1;
    private boolean silent;

    SseClient(RoutingContext request, PushLimits limits, PushMetrics metrics) {
        this.request = request;
        this.response = request.response();
        this.limits = limits;
        this.metrics = metrics;
    }

    /**
     * Starts the stream.
     *
     * @param whenSilent called after each heartbeat interval in which nothing was sent
     */
    void open(Runnable whenSilent) {
        metrics.connected(Transport.SSE);
        response.setStatusCode(200)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store, no-transform")
                // Asks nginx, and others that follow it, not to collect the stream before passing it on.
                .putHeader("X-Accel-Buffering", "no")
                .setChunked(true)
                .setWriteQueueMaxSize(limits.unreadBytes());
        heartbeat = request.vertx().setPeriodic(limits.heartbeat().toMillis(), id -> beat(whenSilent));
        write("retry: " + RETRY_MS + "\n\n");
    }

    /** Sends one event that a client can come back to. */
    void send(String event, int id, JsonObject data) {
        send("id: " + id + "\n", event, data);
    }

    /** Sends one event. */
    void send(String event, JsonObject data) {
        send("", event, data);
    }

    /** Ends the stream; the client has what it came for. */
    void end() {
        if (close()) {
            response.end();
        }
    }

    /** Frees what the client holds here, once. */
    boolean close() {
        if (!closed.compareAndSet(false, true)) {
            return false;
        }
        if (heartbeat != -1) {
            request.vertx().cancelTimer(heartbeat);
            metrics.disconnected(Transport.SSE);
        }
        return true;
    }

    boolean isClosed() {
        return closed.get();
    }

    private void send(String id, String event, JsonObject data) {
        if (write(id + "event: " + event + "\ndata: " + data.encode() + "\n\n")) {
            metrics.sent(Transport.SSE);
        }
    }

    private void beat(Runnable whenSilent) {
        if (silent) {
            write(": still here\n\n");
            whenSilent.run();
        }
        silent = true;
    }

    private boolean write(String text) {
        silent = false;
        if (closed.get()) {
            return false;
        }
        if (response.writeQueueFull()) {
            drop();
            return false;
        }
        response.write(text);
        return true;
    }

    private void drop() {
        metrics.dropped(Transport.SSE);
        close();
        response.reset();
    }
}
