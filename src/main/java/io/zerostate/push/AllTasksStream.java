package io.zerostate.push;

import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.Bus;
import io.zerostate.bus.ListTasks;
import io.zerostate.bus.TaskEvent;
import io.zerostate.task.Task;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One client that follows the states of all tasks over SSE: the newest tasks as they are, then every change. Belongs to the context
 * of its request.
 */
final class AllTasksStream {
    /** A page as {@code GET /api/v1/tasks} answers it by default. */
    private static final int NEWEST = 50;

    private final RoutingContext request;
    private final long tenantId;
    private final Bus bus;
    private final PushLimits limits;
    private final SseClient client;
    private final Deque<TaskEvent.Changed> pending = new ArrayDeque<>();
    /** What the states sent at the start cover. */
    private final Map<UUID, Integer> covered = new HashMap<>();
    private TaskFeed.@Nullable Subscription subscription;
    private boolean open;

    AllTasksStream(RoutingContext request, long tenantId, Bus bus, PushLimits limits, SseClient client) {
        this.request = request;
        this.tenantId = tenantId;
        this.bus = bus;
        this.limits = limits;
        this.client = client;
    }

    void start(TaskFeed feed, Context context) {
        subscription = feed.watchAll(context, this::changed);
        request.addEndHandler(ended -> close());
        bus.request(Addresses.TASK_LIST, new ListTasks(tenantId, ListTasks.Filter.ANY, null, NEWEST))
                .onSuccess(page -> begin(page.tasks()))
                .onFailure(failure -> {
                    close();
                    Refusal.fail(request, failure);
                });
    }

    private void changed(TaskEvent.Changed changed) {
        if (changed.tenantId() != tenantId) {
            return;
        }
        if (open) {
            send(changed);
        } else if (pending.size() < limits.pendingEvents()) {
            pending.add(changed);
        }
    }

    private void begin(List<Task> newestFirst) {
        if (client.isClosed()) {
            return;
        }
        client.open(() -> {});
        open = true;
        newestFirst.reversed().forEach(task -> {
            TaskEvent.Changed current = TaskHistory.current(task);
            send(current);
            covered.put(current.taskId(), current.seq());
        });
        pending.forEach(this::send);
        pending.clear();
    }

    private void send(TaskEvent.Changed changed) {
        if (changed.seq() > covered.getOrDefault(changed.taskId(), 0)) {
            client.send(PublicMessage.TASK_UPDATE, PublicMessage.update(changed));
        }
    }

    private void close() {
        if (subscription != null) {
            subscription.cancel();
        }
        client.close();
    }
}
