package io.zerostate.push;

import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import io.zerostate.bus.Bus;
import io.zerostate.bus.FindTask;
import io.zerostate.metrics.PushMetrics;
import io.zerostate.task.ErrorCode;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/** The two SSE resources: one task with its output, and the state changes of all tasks. Safe from any event loop. */
final class EventStreams {
    private static final int NO_STATE_KNOWN = -1;

    private final TaskFeed feed;
    private final Bus bus;
    private final ToLongFunction<RoutingContext> tenant;
    private final PushLimits limits;
    private final PushMetrics metrics;
    private final Set<SseClient> clients = ConcurrentHashMap.newKeySet();

    /** @param tenant who a request belongs to */
    EventStreams(
            TaskFeed feed, Bus bus, ToLongFunction<RoutingContext> tenant, PushLimits limits, PushMetrics metrics) {
        this.feed = feed;
        this.bus = bus;
        this.tenant = tenant;
        this.limits = limits;
        this.metrics = metrics;
    }

    /** GET /api/v1/tasks/:id/events */
    void followTask(RoutingContext request) {
        Optional<UUID> id = uuid(request.pathParam("id"));
        if (id.isEmpty()) {
            Refusal.fail(request, ErrorCode.INVALID_REQUEST, "The task id is not a UUID");
            return;
        }
        Optional<Integer> lastSeq = lastSeq(request);
        if (lastSeq.isEmpty()) {
            Refusal.fail(request, ErrorCode.INVALID_REQUEST, "Last-Event-ID is not the id of an event of this stream");
            return;
        }
        FindTask question = new FindTask(tenant.applyAsLong(request), id.get());
        new TaskStream(request, question, bus, limits, client(request)).start(feed, Vertx.currentContext(), lastSeq.get());
    }

    /** GET /api/v1/events: has no ids, since there is nothing to come back to; what was missed is listed by GET /api/v1/tasks. */
    void followAll(RoutingContext request) {
        new AllTasksStream(request, tenant.applyAsLong(request), bus, limits, client(request)).start(feed, Vertx.currentContext());
    }

    /** Ends all streams, so that a stopping server need not wait for them. */
    void endAll() {
        clients.forEach(SseClient::end);
    }

    private SseClient client(RoutingContext request) {
        SseClient client = new SseClient(request, limits, metrics);
        clients.add(client);
        request.addEndHandler(ended -> clients.remove(client));
        return client;
    }

    private static Optional<Integer> lastSeq(RoutingContext request) {
        String header = request.request().getHeader("Last-Event-ID");
        if (header == null || header.isEmpty()) {
            return Optional.of(NO_STATE_KNOWN);
        }
        try {
            int seq = Integer.parseInt(header);
            return seq < 0 ? Optional.empty() : Optional.of(seq);
        } catch (NumberFormatException notOurs) {
            return Optional.empty();
        }
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
