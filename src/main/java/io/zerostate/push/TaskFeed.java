package io.zerostate.push;

import io.vertx.core.Context;
import io.zerostate.bus.TaskEvent;
import io.zerostate.bus.TaskEvents;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the events of the cluster to those on this node who watch. Watching takes effect before the call returns: who watches
 * first and asks for the state then misses nothing.
 *
 * <p>{@link #watch} and {@link Subscription#cancel} are safe from any thread; {@link #accept} belongs to one context. Listeners are
 * called on the context they gave, in order.
 */
final class TaskFeed {
    private static final Logger LOG = LoggerFactory.getLogger(TaskFeed.class);

    private final Map<UUID, Set<Watcher<TaskListener>>> tasks = new ConcurrentHashMap<>();
    private final Set<Watcher<Consumer<TaskEvent.Changed>>> everything = ConcurrentHashMap.newKeySet();

    /** Ends what it stands for; nothing is heard after the calls already under way. */
    interface Subscription {
        void cancel();
    }

    /** Hears everything about one task, output included. */
    Subscription watch(UUID taskId, Context context, TaskListener listener) {
        Watcher<TaskListener> watcher = new Watcher<>(context, listener);
        tasks.compute(taskId, (id, watchers) -> {
            Set<Watcher<TaskListener>> all = watchers == null ? ConcurrentHashMap.newKeySet() : watchers;
            all.add(watcher);
            return all;
        });
        return () -> {
            watcher.active = false;
            tasks.computeIfPresent(taskId, (id, watchers) -> {
                watchers.remove(watcher);
                return watchers.isEmpty() ? null : watchers;
            });
        };
    }

    /** Hears the state changes of all tasks. */
    Subscription watchAll(Context context, Consumer<TaskEvent.Changed> listener) {
        Watcher<Consumer<TaskEvent.Changed>> watcher = new Watcher<>(context, listener);
        everything.add(watcher);
        return () -> {
            watcher.active = false;
            everything.remove(watcher);
        };
    }

    /** Tasks watched here. */
    int watchedTasks() {
        return tasks.size();
    }

    void accept(TaskEvents batch) {
        Deliveries deliveries = new Deliveries();
        for (TaskEvent event : batch.events()) {
            if (event instanceof TaskEvent.Changed changed) {
                everything.forEach(watcher -> deliveries.add(watcher, listener -> listener.accept(changed)));
            }
            Set<Watcher<TaskListener>> watchers = tasks.get(event.taskId());
            if (watchers != null) {
                Consumer<TaskListener> telling = telling(event);
                watchers.forEach(watcher -> deliveries.add(watcher, telling));
            }
        }
        deliveries.send();
    }

    /** The message is made once, and not for each who hears it. */
    private static Consumer<TaskListener> telling(TaskEvent event) {
        return switch (event) {
            case TaskEvent.Changed changed -> {
                PublicMessage message = PublicMessage.update(changed);
                yield listener -> listener.changed(changed, message);
            }
            case TaskEvent.Wrote wrote -> {
                PublicMessage message = PublicMessage.output(wrote);
                yield listener -> listener.wrote(wrote, message);
            }
        };
    }

    private static final class Watcher<L> {
        private final Context context;
        private final L listener;
        private volatile boolean active = true;

        Watcher(Context context, L listener) {
            this.context = context;
            this.listener = listener;
        }

        void tell(Consumer<L> what) {
            try {
                if (active) {
                    what.accept(listener);
                }
            } catch (RuntimeException failure) {
                LOG.error("a client could not be told", failure);
            }
        }
    }

    /** A batch goes to each context in one turn of it. */
    private static final class Deliveries {
        private final Map<Context, List<Runnable>> byContext = new LinkedHashMap<>();

        <L> void add(Watcher<L> watcher, Consumer<L> what) {
            byContext.computeIfAbsent(watcher.context, context -> new ArrayList<>()).add(() -> watcher.tell(what));
        }

        void send() {
            byContext.forEach((context, tellings) -> context.runOnContext(turn -> tellings.forEach(Runnable::run)));
        }
    }
}
