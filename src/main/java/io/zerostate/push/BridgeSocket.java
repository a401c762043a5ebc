package io.zerostate.push;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import io.zerostate.metrics.PushMetrics;
import io.zerostate.metrics.PushMetrics.Transport;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One SockJS client of the bridge: what it listens to, and what it has not read yet. A SockJS session calls its queue empty as soon as it
 * handed it to the connection; so what is outstanding is counted here, from write to completion.
 *
 * <p>Belongs to the context of its connection; but the polling transports of SockJS may close it from another.
 */
final class BridgeSocket {
    private final SockJSSocket socket;
    private final Context context;
    private final Outbox outbox;
    private final int unreadLimit;
    private final PushMetrics metrics;
    private final AtomicInteger unread = new AtomicInteger();
    private final Map<PublicAddress, Registration> registrations = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private Runnable whenReleased = () -> {};
    private boolean pinged;

    /** @param writer another context than that of the connection, see {@link Outbox} */
    BridgeSocket(SockJSSocket socket, Context writer, int unreadLimit, PushMetrics metrics) {
        this.socket = socket;
        this.context = Vertx.currentContext();
        this.outbox = new Outbox(socket, writer);
        this.unreadLimit = unreadLimit;
        this.metrics = metrics;
    }

    RoutingContext request() {
        return socket.routingContext();
    }

    Context context() {
        return context;
    }

    int addresses() {
        return registrations.size();
    }

    /** Null when it listens there already. */
    @Nullable Registration register(PublicAddress address) {
        Registration registration = new Registration(this, address);
        return registrations.putIfAbsent(address, registration) == null ? registration : null;
    }

    void unregister(PublicAddress address) {
        Registration registration = registrations.remove(address);
        if (registration != null) {
            registration.cancel();
        }
    }

    void refuse(Registration registration, BridgeProblem problem) {
        unregister(registration.address());
        complain(problem, registration.address().name());
    }

    /** @return done when the client was told */
    Future<Void> complain(BridgeProblem problem, @Nullable String address) {
        return write(problem.encoded(address));
    }

    /**
     * Sends a message of the bridge protocol; safe from any thread. A client that does not read is dropped; it comes back to where it was
     * then.
     */
    Future<Void> write(String text) {
        if (closed.get()) {
            return Future.failedFuture("closed");
        }
        if (unread.addAndGet(text.length()) > unreadLimit) {
            metrics.dropped(Transport.SOCKJS);
            close();
            return Future.failedFuture("dropped");
        }
        metrics.sent(Transport.SOCKJS);
        return outbox.write(text).onComplete(written -> unread.addAndGet(-text.length()));
    }

    void pinged() {
        pinged = true;
        // A SockJS connection has heartbeats of the server; on a plain WebSocket this is how a client knows that it is alive.
        if (socket.uri().endsWith("/eventbus/websocket")) {
            write("{\"type\":\"pong\"}");
        }
    }

    /** False when it was not pinged since this was called last. */
    boolean wasPinged() {
        boolean was = pinged;
        pinged = false;
        return was;
    }

    void checkSilence() {
        List.copyOf(registrations.values()).forEach(Registration::checkSilence);
    }

    /** Runs {@code action} where this socket belongs, unless it is closed by then. */
    void run(Runnable action) {
        context.runOnContext(v -> {
            if (!closed.get()) {
                action.run();
            }
        });
    }

    boolean isClosed() {
        return closed.get();
    }

    /** The books are closed at once: the connection of a client that does not read may take long to end. */
    void close() {
        release();
        socket.close();
    }

    /** @param action called once, when this socket holds nothing any more */
    void whenReleased(Runnable action) {
        whenReleased = action;
    }

    /** Nothing is sent any more. */
    void release() {
        if (closed.compareAndSet(false, true)) {
            List.copyOf(registrations.keySet()).forEach(this::unregister);
            whenReleased.run();
        }
    }
}
