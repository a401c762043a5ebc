package io.zerostate.push;

import io.vertx.core.Context;
import io.zerostate.bus.TaskEvent;
import io.zerostate.bus.TaskEvents;
import io.zerostate.task.OutputStreamName;
import io.zerostate.task.TaskState;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands the events of the cluster to those on this node who watch. Watching takes effect before the call returns: who watches
 * first and asks for the state then misses nothing.
 *
 * <p>{@link #watch} and {@link Subscription#cancel} are safe from any thread; {@link #accept} belongs to one context. Listeners are
 * called on the context they gave, in order.
 */
final class TaskFeed {
    private final Map<UUID, WatchedTask> tasks = new ConcurrentHashMap<>();
    private final Set<AllWatcher> everything = ConcurrentHashMap.newKeySet();

    /** Ends what it stands for; nothing is heard after the calls already under way. */
    interface Subscription {
        void cancel();
    }

    /** Hears everything about one task, output included. */
    Subscription watch(UUID taskId, Context context, TaskListener listener) {
        Watcher watcher = new Watcher(context, listener);
        tasks.compute(taskId, (id, watched) -> (watched == null ? new WatchedTask() : watched).with(watcher));
        return () -> {
            watcher.active = false;
            tasks.computeIfPresent(taskId, (id, watched) -> watched.without(watcher));
        };
    }

    /** Hears the state changes of all tasks. */
    Subscription watchAll(Context context, Consumer<TaskEvent.Changed> listener) {
        AllWatcher watcher = new AllWatcher(context, listener);
        everything.add(watcher);
        return watcher;
    }

    /** Tasks watched here. */
    int watchedTasks() {
        return tasks.size();
    }

    void accept(TaskEvents batch) {
        for (TaskEvent event : batch.events()) {
            WatchedTask watched = tasks.get(event.taskId());
            switch (event) {
                case TaskEvent.Changed changed -> {
                    everything.forEach(watcher -> watcher.tell(changed));
                    if (watched != null) {
                        watched.changed(changed);
                    }
                }
                case TaskEvent.Wrote wrote -> {
                    if (watched != null) {
                        watched.wrote(wrote);
                    }
                }
            }
        }
    }

    private static final class Watcher {
        private final Context context;
        private final TaskListener listener;
        private volatile boolean active = true;

        Watcher(Context context, TaskListener listener) {
            this.context = context;
            this.listener = listener;
        }

        void tell(Consumer<TaskListener> what) {
            context.runOnContext(v -> {
                if (active) {
                    what.accept(listener);
                }
            });
        }
    }

    private final class AllWatcher implements Subscription {
        private final Context context;
        private final Consumer<TaskEvent.Changed> listener;
        private volatile boolean active = true;

        AllWatcher(Context context, Consumer<TaskEvent.Changed> listener) {
            this.context = context;
            this.listener = listener;
        }

        void tell(TaskEvent.Changed changed) {
            context.runOnContext(v -> {
                if (active) {
                    listener.accept(changed);
                }
            });
        }

        @Override
        public void cancel() {
            active = false;
            everything.remove(this);
        }
    }

    /** Output is cut into characters once per task, not once per client. */
    private static final class WatchedTask {
        private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
        private final Map<OutputStreamName, CharacterBoundary> streams = new EnumMap<>(OutputStreamName.class);

        WatchedTask with(Watcher watcher) {
            watchers.add(watcher);
            return this;
        }

        @Nullable WatchedTask without(Watcher watcher) {
            watchers.remove(watcher);
            return watchers.isEmpty() ? null : this;
        }

        void changed(TaskEvent.Changed changed) {
            if (changed.state() != TaskState.RUNNING) {
                streams.forEach((stream, boundary) -> tell(boundary.rest(changed.taskId(), stream)));
            }
            watchers.forEach(watcher -> watcher.tell(listener -> listener.changed(changed)));
        }

        void wrote(TaskEvent.Wrote wrote) {
            tell(streams.computeIfAbsent(wrote.stream(), stream -> new CharacterBoundary()).next(wrote));
        }

        private void tell(@Nullable OutputChunk chunk) {
            if (chunk != null) {
                watchers.forEach(watcher -> watcher.tell(listener -> listener.wrote(chunk)));
            }
        }
    }
}
