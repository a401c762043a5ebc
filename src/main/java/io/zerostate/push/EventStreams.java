package io.zerostate.push;

import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import io.zerostate.bus.FindTask;
import io.zerostate.task.ErrorCode;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/** The two SSE resources: one task with its output, and the state changes of all tasks. Belongs to the event loop of its router. */
final class EventStreams {
    private final Supply supply;
    private final ToLongFunction<RoutingContext> tenant;
    private final Set<SseClient> clients = ConcurrentHashMap.newKeySet();

    /** @param tenant who a request belongs to */
    EventStreams(Supply supply, ToLongFunction<RoutingContext> tenant) {
        this.supply = supply;
        this.tenant = tenant;
    }

    /** GET /api/v1/tasks/:id/events */
    void followTask(RoutingContext request) {
        Optional<UUID> id = uuid(request.pathParam("id"));
        if (id.isEmpty()) {
            Refusal.fail(request, ErrorCode.INVALID_REQUEST, "The task id is not a UUID");
            return;
        }
        Optional<EventId> known = lastEvent(request);
        if (known.isEmpty()) {
            Refusal.fail(request, ErrorCode.INVALID_REQUEST, "Last-Event-ID is not the id of an event of this stream");
            return;
        }
        client(request).ifPresent(client -> {
            TaskStream stream = new TaskStream(new FindTask(tenant.applyAsLong(request), id.get()), supply, client);
            request.addEndHandler(ended -> stream.stop());
            stream.start(Vertx.currentContext(), known.get());
        });
    }

    /** GET /api/v1/events: has no ids, since there is nothing to come back to; what was missed is listed by GET /api/v1/tasks. */
    void followAll(RoutingContext request) {
        client(request).ifPresent(client -> {
            AllTasksStream stream = new AllTasksStream(tenant.applyAsLong(request), supply, client);
            request.addEndHandler(ended -> stream.stop());
            stream.start(Vertx.currentContext());
        });
    }

    /** Ends all streams, so that a stopping server need not wait for them. */
    void endAll() {
        clients.forEach(SseClient::end);
    }

    /** Empty when the client has as many connections as it may have. */
    private Optional<SseClient> client(RoutingContext request) {
        String address = request.request().remoteAddress().hostAddress();
        if (!supply.shares().take(address)) {
            Refusal.fail(request, ErrorCode.TOO_MANY_REQUESTS, "Too many live connections from " + address);
            return Optional.empty();
        }
        SseClient client = new SseClient(request, supply.limits(), supply.metrics());
        clients.add(client);
        request.addEndHandler(ended -> {
            client.close();
            clients.remove(client);
            supply.shares().giveBack(address);
        });
        return Optional.of(client);
    }

    private static Optional<EventId> lastEvent(RoutingContext request) {
        String header = request.request().getHeader("Last-Event-ID");
        return header == null || header.isEmpty() ? Optional.of(EventId.NONE) : EventId.parse(header);
    }

    private static Optional<UUID> uuid(String text) {
        try {
            UUID id = UUID.fromString(text);
            // fromString takes shortened forms too, which would be a second name for the same task.
            return Objects.equals(id.toString(), text.toLowerCase(Locale.ROOT)) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }
}
