package io.zerostate.http;

import io.vertx.core.json.JsonObject;
import io.zerostate.bus.NodeStatus;
import io.zerostate.bus.TaskEvent;
import io.zerostate.bus.TasksCounted;
import io.zerostate.task.TaskState;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What happened within one step of the history. Not safe for threads. */
final class HistoryPoint {
    private final Map<TaskState, Integer> changes = new EnumMap<>(TaskState.class);
    private final Map<String, Integer> failures = new TreeMap<>();
    private final Map<String, NodeStatus> nodes = new TreeMap<>();
    private final Latencies waits = new Latencies();
    private final Latencies runs = new Latencies();

    /** @param sinceMs how long the task was in the state before, or null */
    void add(TaskEvent.Changed changed, @Nullable Long sinceMs) {
        boolean accepted = changed.state() == TaskState.QUEUED && changed.attempt() == 0;
        if (changed.state() != TaskState.QUEUED || accepted) {
            changes.merge(changed.state(), 1, Integer::sum);
        }
        if (changed.failure() != null && changed.state() != TaskState.RUNNING) {
            failures.merge(changed.failure().kind(), 1, Integer::sum);
        }
        if (sinceMs != null) {
            (changed.state() == TaskState.RUNNING ? waits : runs).add(sinceMs);
        }
    }

    /** The last that a node says within the step counts. */
    void add(NodeStatus status) {
        nodes.put(status.node(), status);
    }

    /** @param counted the line at the end of the step, or null where it could not be counted */
    JsonObject toJson(Instant at, @Nullable TasksCounted counted) {
        JsonObject workers = new JsonObject();
        nodes.values().stream().filter(node -> node.slots() > 0).forEach(node -> workers.put(
                node.node(), new JsonObject().put("busy", node.busy()).put("idle", node.slots() - node.busy())));
        JsonObject failed = new JsonObject();
        failures.forEach(failed::put);
        return new JsonObject()
                .put("at", at.toString())
                .put("submitted", changes.getOrDefault(TaskState.QUEUED, 0))
                .put("completed", changes.getOrDefault(TaskState.COMPLETED, 0))
                .put("failed", changes.getOrDefault(TaskState.FAILED, 0))
                .put("cancelled", changes.getOrDefault(TaskState.CANCELLED, 0))
                .put("failures", failed)
                .put("queued", waiting(counted, TaskState.QUEUED))
                .put("running", waiting(counted, TaskState.RUNNING))
                .put("retrying", waiting(counted, TaskState.RETRYING))
                .put("wait_p50_ms", waits.percentile(50))
                .put("wait_p99_ms", waits.percentile(99))
                .put("run_p50_ms", runs.percentile(50))
                .put("run_p99_ms", runs.percentile(99))
                .put("workers", workers);
    }

    private static @Nullable Long waiting(@Nullable TasksCounted counted, TaskState state) {
        return counted == null ? null : counted.byState().getOrDefault(state, 0L);
    }
}
