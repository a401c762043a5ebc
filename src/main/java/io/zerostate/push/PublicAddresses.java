package io.zerostate.push;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import io.zerostate.bus.AgentChanged;
import io.zerostate.bus.NodeStatus;
import io.zerostate.bus.TaskEvent;
import java.util.HashMap;
import java.util.Map;

/**
 * Publishes to the addresses that browsers listen to: on this node only, as every node does so for its own clients, and only what
 * one of them watches.
 *
 * <p>{@link #watch} and {@link #unwatch} are safe from any thread; everything else belongs to the context given.
 */
final class PublicAddresses {
    private static final DeliveryOptions THIS_NODE = new DeliveryOptions().setLocalOnly(true);

    private record Watched(int clients, TaskFeed.Subscription subscription) {}

    private final Vertx vertx;
    private final Context context;
    private final TaskFeed feed;
    private final Map<PublicAddress, Watched> watched = new HashMap<>();

    PublicAddresses(Vertx vertx, Context context, TaskFeed feed) {
        this.vertx = vertx;
        this.context = context;
        this.feed = feed;
    }

    /** One more client listens to {@code address}. To be called before the client's consumer is there, so that it misses nothing. */
    synchronized void watch(PublicAddress address) {
        watched.compute(address, (key, now) ->
                now == null ? new Watched(1, subscribe(address)) : new Watched(now.clients() + 1, now.subscription()));
    }

    /** One client less listens to {@code address}. */
    synchronized void unwatch(PublicAddress address) {
        watched.computeIfPresent(address, (key, now) -> {
            if (now.clients() > 1) {
                return new Watched(now.clients() - 1, now.subscription());
            }
            now.subscription().cancel();
            return null;
        });
    }

    /** Addresses that somebody listens to. */
    synchronized int watchedAddresses() {
        return watched.size();
    }

    void agentChanged(AgentChanged changed) {
        publishIfWatched(new PublicAddress.Agents(), PublicMessage.agent(changed));
    }

    void nodeStatus(NodeStatus status) {
        publishIfWatched(new PublicAddress.Queue(), PublicMessage.node(status));
    }

    private TaskFeed.Subscription subscribe(PublicAddress address) {
        return switch (address) {
            case PublicAddress.OfTask(var taskId) -> feed.watch(taskId, context, new Republisher(address));
            case PublicAddress.Queue queue -> {
                QueueDigest digest = new QueueDigest(vertx, message -> publish(queue, message));
                yield feed.watchAll(context, digest::add);
            }
            case PublicAddress.Agents agents -> () -> {};
        };
    }

    private void publishIfWatched(PublicAddress address, JsonObject message) {
        boolean wanted;
        synchronized (this) {
            wanted = watched.containsKey(address);
        }
        if (wanted) {
            publish(address, message);
        }
    }

    private void publish(PublicAddress address, JsonObject message) {
        vertx.eventBus().publish(address.name(), message, THIS_NODE);
    }

    private final class Republisher implements TaskListener {
        private final PublicAddress address;

        Republisher(PublicAddress address) {
            this.address = address;
        }

        @Override
        public void changed(TaskEvent.Changed changed) {
            publish(address, PublicMessage.update(changed));
        }

        @Override
        public void wrote(OutputChunk chunk) {
            publish(address, PublicMessage.output(chunk));
        }
    }
}
