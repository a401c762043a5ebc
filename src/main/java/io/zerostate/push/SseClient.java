package io.zerostate.push;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.zerostate.metrics.PushMetrics;
import io.zerostate.metrics.PushMetrics.Transport;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One client of Server-Sent Events (WHATWG HTML, section 9.2): writes events as they come, and drops a client that does not
 * read. What comes in one turn of the event loop leaves as one chunk. Belongs to the context of its request.
 */
final class SseClient implements StreamClient {
    /** How long a browser waits before it comes back after a break, in milliseconds. */
    private static final int RETRY_MS = 2_000;

    private static final int NO_CONTENT = 204;

    private final RoutingContext request;
    private final HttpServerResponse response;
    private final PushLimits limits;
    private final PushMetrics metrics;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final StringBuilder gathered = new StringBuilder();
    private Promise<Void> left = Promise.promise();
    private long heartbeat = -1;
    private boolean silent;

    SseClient(RoutingContext request, PushLimits limits, PushMetrics metrics) {
        this.request = request;
        this.response = request.response();
        this.limits = limits;
        this.metrics = metrics;
    }

    @Override
    public void open(Runnable whenSilent) {
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

    @Override
    public Future<Void> send(PublicMessage message, String id) {
        String head = id.isEmpty() ? "event: " : "id: " + id + "\nevent: ";
        Future<Void> written = write(head + message.type() + "\ndata: " + message.json() + "\n\n");
        if (!closed.get()) {
            metrics.sent(Transport.SSE);
        }
        return written;
    }

    /** A browser comes back after each end of a stream; 204 is what tells it to stop. */
    @Override
    public void nothingNew() {
        close();
        response.setStatusCode(NO_CONTENT).end();
    }

    @Override
    public void refuse(Throwable reason) {
        close();
        Refusal.fail(request, reason);
    }

    @Override
    public void end() {
        post();
        if (close()) {
            response.end();
        }
    }

    @Override
    public boolean isClosed() {
        return closed.get();
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

    private void beat(Runnable whenSilent) {
        if (silent) {
            write(": still here\n\n");
            whenSilent.run();
        }
        silent = true;
    }

    private Future<Void> write(String text) {
        silent = false;
        if (closed.get()) {
            return Future.failedFuture("closed");
        }
        if (response.writeQueueFull()) {
            drop();
            return Future.failedFuture("dropped");
        }
        if (gathered.isEmpty()) {
            request.vertx().runOnContext(turn -> post());
        }
        gathered.append(text);
        return left.future();
    }

    private void post() {
        if (gathered.isEmpty()) {
            return;
        }
        Promise<Void> written = left;
        String chunk = gathered.toString();
        left = Promise.promise();
        gathered.setLength(0);
        if (closed.get()) {
            written.fail("closed");
        } else {
            response.write(chunk).onComplete(written);
        }
    }

    private void drop() {
        metrics.dropped(Transport.SSE);
        close();
        response.reset();
    }
}
