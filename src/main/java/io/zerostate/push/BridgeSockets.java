package io.zerostate.push;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.sockjs.BridgeEvent;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.Bus;
import io.zerostate.bus.FindTask;
import io.zerostate.metrics.PushMetrics;
import io.zerostate.metrics.PushMetrics.Transport;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/**
 * Hears what the event-bus bridge does for its sockets: keeps the books of who watches what, sends a new watcher of a task the
 * current state, and takes the sending over from the bridge, which knows no limit. Safe from any event loop.
 */
final class BridgeSockets implements Handler<BridgeEvent> {
    private final PublicAddresses addresses;
    private final Bus bus;
    private final ToLongFunction<RoutingContext> tenant;
    private final PushLimits limits;
    private final PushMetrics metrics;
    private final Map<SockJSSocket, BridgeSocket> sockets = new ConcurrentHashMap<>();

    /** @param tenant who a request, here the one that opened a socket, belongs to */
    BridgeSockets(
            PublicAddresses addresses,
            Bus bus,
            ToLongFunction<RoutingContext> tenant,
            PushLimits limits,
            PushMetrics metrics) {
        this.addresses = addresses;
        this.bus = bus;
        this.tenant = tenant;
        this.limits = limits;
        this.metrics = metrics;
    }

    @Override
    public void handle(BridgeEvent event) {
        event.complete(
                switch (event.type()) {
                    case SOCKET_CREATED -> created(event.socket());
                    case REGISTER -> register(event.socket(), event.getRawMessage());
                    case REGISTERED -> registered(event.socket(), event.getRawMessage());
                    case UNREGISTER -> unregister(event.socket(), event.getRawMessage());
                    case RECEIVE -> receive(event.socket(), event.getRawMessage());
                    case SOCKET_CLOSED, SOCKET_ERROR -> closed(event.socket());
                    case SOCKET_IDLE, SOCKET_PING -> true;
                    // Browsers listen; what they want done, they ask of the HTTP API.
                    case SEND, PUBLISH -> false;
                });
    }

    /** Closes all sockets, so that a stopping server need not wait for them. */
    void closeAll() {
        sockets.forEach((socket, known) -> known.run(() -> close(socket)));
    }

    private boolean created(SockJSSocket socket) {
        metrics.connected(Transport.SOCKJS);
        sockets.put(socket, new BridgeSocket(socket, Vertx.currentContext(), limits.unreadBytes(), metrics));
        return true;
    }

    private boolean register(SockJSSocket socket, JsonObject message) {
        BridgeSocket known = sockets.get(socket);
        // An address that is not public is left to the bridge, which denies it by the same pattern.
        PublicAddress.parse(message.getString("address")).ifPresent(address -> {
            if (known != null && known.watch(address)) {
                addresses.watch(address);
            }
        });
        return known != null;
    }

    private boolean registered(SockJSSocket socket, JsonObject message) {
        BridgeSocket known = sockets.get(socket);
        if (known != null && PublicAddress.parse(message.getString("address")).orElse(null) instanceof PublicAddress.OfTask task) {
            // The consumer is there, so nothing is missed between this state and the live messages.
            bus.request(Addresses.TASK_FIND, new FindTask(tenant.applyAsLong(socket.routingContext()), task.taskId()))
                    .map(found -> new JsonObject()
                            .put("type", "rec")
                            .put("address", task.name())
                            .put("body", PublicMessage.update(TaskHistory.current(found.task()))))
                    .onSuccess(state -> known.run(() -> deliver(socket, known, state)));
        }
        return true;
    }

    private boolean unregister(SockJSSocket socket, JsonObject message) {
        BridgeSocket known = sockets.get(socket);
        PublicAddress.parse(message.getString("address")).ifPresent(address -> {
            if (known != null && known.unwatch(address)) {
                addresses.unwatch(address);
            }
        });
        return true;
    }

    private boolean receive(SockJSSocket socket, JsonObject envelope) {
        BridgeSocket known = sockets.get(socket);
        if (known != null) {
            deliver(socket, known, envelope);
        }
        return false;
    }

    // One that does not read is dropped; it comes back and starts from the state then.
    private void deliver(SockJSSocket socket, BridgeSocket known, JsonObject envelope) {
        if (!known.deliver(envelope)) {
            metrics.dropped(Transport.SOCKJS);
            close(socket);
        }
    }

    // The books are closed at once: the connection of a client that does not read may take long to end.
    private void close(SockJSSocket socket) {
        closed(socket);
        socket.close();
    }

    private boolean closed(SockJSSocket socket) {
        BridgeSocket known = sockets.remove(socket);
        if (known != null) {
            known.markClosed();
            known.addresses().forEach(address -> {
                if (known.unwatch(address)) {
                    addresses.unwatch(address);
                }
            });
            metrics.disconnected(Transport.SOCKJS);
        }
        return true;
    }
}
