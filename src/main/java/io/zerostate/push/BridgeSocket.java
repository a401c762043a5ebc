package io.zerostate.push;

import io.vertx.core.Context;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import io.zerostate.metrics.PushMetrics;
import io.zerostate.metrics.PushMetrics.Transport;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One SockJS client of the bridge: what it watches, and what it has not read yet. The bridge itself writes without looking back, and
 * a SockJS session calls its queue empty as soon as it handed it to the connection; so what is outstanding is counted here, from
 * write to completion.
 *
 * <p>Belongs to the context of its connection; but the polling transports of SockJS may close it from another.
 */
final class BridgeSocket {
    private final SockJSSocket socket;
    private final Context context;
    private final int unreadLimit;
    private final PushMetrics metrics;
    private final AtomicInteger unread = new AtomicInteger();
    /** Watched addresses, with the last {@code seq} sent on each. */
    private final Map<PublicAddress, Integer> watched = new ConcurrentHashMap<>();
    private volatile boolean closed;

    BridgeSocket(SockJSSocket socket, Context context, int unreadLimit, PushMetrics metrics) {
        this.socket = socket;
        this.context = context;
        this.unreadLimit = unreadLimit;
        this.metrics = metrics;
    }

    /** False when it watches {@code address} already. */
    boolean watch(PublicAddress address) {
        return watched.putIfAbsent(address, 0) == null;
    }

    /** False when it did not watch {@code address}. */
    boolean unwatch(PublicAddress address) {
        return watched.remove(address) != null;
    }

    Set<PublicAddress> addresses() {
        return Set.copyOf(watched.keySet());
    }

    /** Runs {@code action} where this socket belongs, unless it is closed by then. */
    void run(Runnable action) {
        context.runOnContext(v -> {
            if (!closed) {
                action.run();
            }
        });
    }

    /**
     * Sends {@code {type: rec, address, body}}, unless the client has this state of the task already.
     *
     * @return false when the client does not read and is to be dropped
     */
    boolean deliver(JsonObject envelope) {
        if (closed || !isNews(envelope)) {
            return true;
        }
        String text = envelope.encode();
        if (unread.addAndGet(text.length()) > unreadLimit) {
            return false;
        }
        metrics.sent(Transport.SOCKJS);
        socket.write(text).onComplete(written -> unread.addAndGet(-text.length()));
        return true;
    }

    /** Nothing is sent any more. */
    void markClosed() {
        closed = true;
    }

    // The state that a client starts from and a live message about the same change may both be on their way.
    private boolean isNews(JsonObject envelope) {
        Optional<PublicAddress> address = PublicAddress.parse(envelope.getString("address"));
        JsonObject body = envelope.getJsonObject("body");
        if (address.isEmpty() || !watched.containsKey(address.get())) {
            return false;
        }
        if (!(address.get() instanceof PublicAddress.OfTask) || !PublicMessage.TASK_UPDATE.equals(body.getString("type"))) {
            return true;
        }
        int seq = body.getInteger("seq");
        Integer sent = watched.get(address.get());
        return sent != null && sent < seq && watched.replace(address.get(), sent, seq);
    }
}
