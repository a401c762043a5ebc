package io.zerostate.push;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import io.zerostate.bus.FindTask;
import io.zerostate.metrics.PushMetrics.Transport;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of the Vert.x event-bus bridge over SockJS, outbound only: {@code register}, {@code unregister} and {@code ping} come in,
 * {@code rec}, {@code err} and {@code pong} go out. What travels is not on the event bus: the bridge of Vert.x would make a registration
 * known to the whole cluster for each address that a browser listens to, encode each message once for each socket, and write without
 * looking back.
 *
 * <p>Belongs to the event loop of its router.
 */
final class EventBusBridge implements Handler<SockJSSocket> {
    private static final String LAST_EVENT_ID = "last-event-id";

    private final Supply supply;
    private final Bulletins bulletins;
    private final Callers callers;
    private final Context writer;
    private final Set<BridgeSocket> sockets = ConcurrentHashMap.newKeySet();

    /** @param writer another context than that of the router, see {@link Outbox} */
    EventBusBridge(Supply supply, Bulletins bulletins, Callers callers, Context writer) {
        this.supply = supply;
        this.bulletins = bulletins;
        this.callers = callers;
        this.writer = writer;
    }

    @Override
    public void handle(SockJSSocket socket) {
        PushLimits limits = supply.limits();
        BridgeSocket client = new BridgeSocket(socket, writer, limits.unreadBytes(), supply.metrics());
        String address = socket.remoteAddress().hostAddress();
        if (!supply.shares().take(address)) {
            client.complain(BridgeProblem.TOO_MANY_SOCKETS, null).onComplete(told -> client.close());
            return;
        }
        supply.metrics().connected(Transport.SOCKJS);
        sockets.add(client);
        Vertx vertx = writer.owner();
        long pings = vertx.setPeriodic(limits.pingTimeout().toMillis(), id -> {
            if (!client.wasPinged()) {
                client.close();
            }
        });
        long silence = vertx.setPeriodic(limits.heartbeat().toMillis(), id -> client.checkSilence());
        socket.handler(data -> receive(client, data));
        socket.exceptionHandler(failure -> client.close());
        socket.closeHandler(closed -> client.release());
        client.whenReleased(() -> {
            sockets.remove(client);
            vertx.cancelTimer(pings);
            vertx.cancelTimer(silence);
            supply.shares().giveBack(address);
            supply.metrics().disconnected(Transport.SOCKJS);
        });
    }

    /** Closes all sockets, so that a stopping server need not wait for them. */
    void closeAll() {
        sockets.forEach(client -> client.run(client::close));
    }

    private void receive(BridgeSocket client, Buffer data) {
        JsonObject message;
        try {
            message = data.toJsonObject();
        } catch (DecodeException | ClassCastException notAnObject) {
            client.complain(BridgeProblem.INVALID_JSON, null);
            return;
        }
        String type = text(message, "type");
        String address = text(message, "address");
        if (type == null) {
            client.complain(BridgeProblem.MISSING_TYPE, null);
        } else if (type.equals("ping")) {
            client.pinged();
        } else if (address == null) {
            client.complain(BridgeProblem.MISSING_ADDRESS, null);
        } else {
            receive(client, type, address, message);
        }
    }

    private void receive(BridgeSocket client, String type, String name, JsonObject message) {
        Optional<PublicAddress> address = PublicAddress.parse(name);
        switch (type) {
            case "register" -> address.ifPresentOrElse(
                    known -> register(client, known, headers(message)),
                    () -> client.complain(BridgeProblem.ACCESS_DENIED, name));
            case "unregister" -> address.ifPresent(client::unregister);
            case "send", "publish" -> client.complain(BridgeProblem.REJECTED, name);
            default -> client.complain(BridgeProblem.INVALID_TYPE, name);
        }
    }

    private void register(BridgeSocket client, PublicAddress address, UnaryOperator<@Nullable String> headers) {
        OptionalLong tenant = callers.tenant(client.request(), headers);
        String last = headers.apply(LAST_EVENT_ID);
        Optional<EventId> known = last == null || last.isEmpty() ? Optional.of(EventId.NONE) : EventId.parse(last);
        if (tenant.isEmpty()) {
            client.complain(BridgeProblem.NOT_LOGGED_IN, address.name());
        } else if (known.isEmpty()) {
            client.complain(BridgeProblem.INVALID_LAST_EVENT_ID, address.name());
        } else if (client.addresses() >= supply.limits().addressesPerSocket()) {
            client.complain(BridgeProblem.MAX_HANDLERS_REACHED, address.name());
        } else {
            Registration registration = client.register(address);
            if (registration != null) {
                begin(registration, tenant.getAsLong(), known.get());
            }
        }
    }

    private void begin(Registration registration, long tenantId, EventId known) {
        switch (registration.address()) {
            case PublicAddress.OfTask(var taskId) -> {
                TaskStream stream = new TaskStream(new FindTask(tenantId, taskId), supply, registration);
                registration.begin(stream::stop);
                stream.start(Vertx.currentContext(), known);
            }
            case PublicAddress.Agents agents -> registration.begin(bulletins.listen(tenantId, registration)::cancel);
            case PublicAddress.Queue queue -> registration.begin(bulletins.listen(tenantId, registration)::cancel);
        }
    }

    private static @Nullable String text(JsonObject message, String name) {
        return message.getValue(name) instanceof String text ? text : null;
    }

    /** The names of headers are of either case. */
    private static UnaryOperator<@Nullable String> headers(JsonObject message) {
        if (!(message.getValue("headers") instanceof JsonObject headers)) {
            return name -> null;
        }
        return name -> headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name) && header.getValue() instanceof String)
                .map(header -> (String) header.getValue())
                .findFirst()
                .orElse(null);
    }
}
