package io.zerostate.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.Bus;
import io.zerostate.bus.CountTasks;
import io.zerostate.bus.NodeFacts;
import io.zerostate.bus.NodeStatus;
import io.zerostate.bus.TasksCounted;
import io.zerostate.task.Priority;
import io.zerostate.task.TaskState;
import io.zerostate.task.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How much waits, and who works. Event loop only. */
final class QueueRoutes {

    /** Executors report once a second: one that has been silent for this long is gone, or cut off. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final Bus bus;
    private final InstantSource clock;
    private final Map<String, Heard> nodes = new TreeMap<>();
    private final Map<String, NodeFacts> facts = new HashMap<>();

    /** When a node was last heard of, by our own clock: clocks of nodes differ. */
    private record Heard(NodeStatus status, Instant at) {}

    QueueRoutes(Bus bus, InstantSource clock) {
        this.bus = bus;
        this.clock = clock;
    }

    void bind(Operations operations) {
        operations.on("getQueue", this::show);
    }

    /** Takes note of how a node is doing. */
    void hear(NodeStatus status) {
        nodes.put(status.node(), new Heard(status, clock.instant()));
    }

    /** Takes note of what a node is. */
    void hear(NodeFacts told) {
        facts.put(told.node(), told);
    }

    private void show(RoutingContext context) {
        Instant now = clock.instant();
        nodes.values().removeIf(heard -> heard.at().plus(SILENCE).isBefore(now));
        facts.keySet().retainAll(nodes.keySet());
        bus.request(Addresses.TASK_COUNT, new CountTasks(Tenant.DEFAULT_ID))
                .map(counted -> snapshot(counted, nodes.values(), now))
                .onComplete(body -> Answer.json(context, 200, body), context::fail);
    }

    private JsonObject snapshot(TasksCounted counted, Collection<Heard> nodes, Instant now) {
        JsonObject depth = new JsonObject();
        for (TaskState state : TaskState.values()) {
            if (!state.isTerminal()) {
                depth.put(state.wireName(), counted.byState().getOrDefault(state, 0L));
            }
        }
        JsonObject priorities = new JsonObject();
        for (Priority priority : Priority.values()) {
            priorities.put(priority.wireName(), counted.waitingByPriority().getOrDefault(priority, 0L));
        }
        JsonArray list = new JsonArray();
        nodes.forEach(heard -> list.add(node(heard.status(), facts.get(heard.status().node()))));
        int slots = nodes.stream().mapToInt(heard -> heard.status().slots()).sum();
        int busy = nodes.stream().mapToInt(heard -> heard.status().busy()).sum();
        return new JsonObject()
                .put("depth", depth)
                .put("priorities", priorities)
                .put("oldest_waiting_ms", age(counted.oldestDueAt(), now))
                .put("workers", new JsonObject().put("idle", slots - busy).put("busy", busy))
                .put("nodes", list);
    }

    private static JsonObject node(NodeStatus status, @Nullable NodeFacts facts) {
        JsonObject json = new JsonObject()
                .put("node", status.node())
                .put("idle", status.slots() - status.busy())
                .put("busy", status.busy())
                .put("stopping", status.stopping());
        if (status.renewedAt() != null) {
            // Both times are of the node's own clock.
            json.put("heartbeat_age_ms", age(status.renewedAt(), status.at()));
        }
        if (facts != null) {
            json.put("version", facts.version())
                    .put("roles", new JsonArray(facts.roles()))
                    .put("started_at", facts.startedAt().toString())
                    .put("memory_used_bytes", facts.memoryUsedBytes())
                    .put("memory_max_bytes", facts.memoryMaxBytes());
        }
        return json;
    }

    private static @Nullable Long age(@Nullable Instant dueAt, Instant now) {
        return dueAt == null ? null : Math.max(0, Duration.between(dueAt, now).toMillis());
    }
}
