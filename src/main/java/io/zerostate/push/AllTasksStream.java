package io.zerostate.push;

import io.vertx.core.Context;
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
 * One client that follows the states of all tasks of a tenant: the newest tasks as they are, then every change. Belongs to the context of
 * its client.
 */
final class AllTasksStream {
    /** A page as {@code GET /api/v1/tasks} answers it by default. */
    private static final int NEWEST = 50;

    private final long tenantId;
    private final Supply supply;
    private final StreamClient client;
    private final Deque<TaskEvent.Changed> pending = new ArrayDeque<>();
    /** What the states sent at the start cover. */
    private final Map<UUID, Integer> covered = new HashMap<>();
    private TaskFeed.@Nullable Subscription subscription;
    private boolean open;

    AllTasksStream(long tenantId, Supply supply, StreamClient client) {
        this.tenantId = tenantId;
        this.supply = supply;
        this.client = client;
    }

    void start(Context context) {
        subscription = supply.feed().watchAll(context, this::changed);
        supply.source()
                .newest(new ListTasks(tenantId, ListTasks.Filter.ANY, null, NEWEST))
                .onSuccess(page -> begin(page.tasks()))
                .onFailure(failure -> {
                    stop();
                    client.refuse(failure);
                });
    }

    /** Nothing is told any more. */
    void stop() {
        if (subscription != null) {
            subscription.cancel();
        }
    }

    private void changed(TaskEvent.Changed changed) {
        if (changed.tenantId() != tenantId) {
            return;
        }
        if (open) {
            send(changed);
        } else if (pending.size() < supply.limits().pendingEvents()) {
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
            client.send(PublicMessage.update(changed), "");
        }
    }
}
