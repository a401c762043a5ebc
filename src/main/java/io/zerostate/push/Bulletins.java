package io.zerostate.push;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.zerostate.bus.AgentChanged;
import io.zerostate.bus.NodeStatus;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is told to many at once: the {@code agents} and the {@code queue} of a tenant. Nothing is made where nobody listens.
 *
 * <p>{@link #listen} and the ending of what it returns are safe from any thread; telling belongs to the context given.
 */
final class Bulletins {
    private static final PublicAddress AGENTS = new PublicAddress.Agents();
    private static final PublicAddress QUEUE = new PublicAddress.Queue();

    private final Vertx vertx;
    private final Context context;
    private final TaskFeed feed;
    private final Map<Board, Audience> audiences = new ConcurrentHashMap<>();

    private record Board(PublicAddress address, long tenantId) {}

    private record Audience(Set<Registration> listeners, TaskFeed.Subscription source) {}

    Bulletins(Vertx vertx, Context context, TaskFeed feed) {
        this.vertx = vertx;
        this.context = context;
        this.feed = feed;
    }

    /**
     * One more listens.
     *
     * @param registration of {@code agents} or {@code queue}
     * @return ends it
     */
    TaskFeed.Subscription listen(long tenantId, Registration registration) {
        Board board = new Board(registration.address(), tenantId);
        audiences.compute(board, (key, now) -> {
            Audience audience = now == null ? new Audience(ConcurrentHashMap.newKeySet(), source(board)) : now;
            audience.listeners().add(registration);
            return audience;
        });
        return () -> audiences.computeIfPresent(board, (key, now) -> {
            now.listeners().remove(registration);
            if (!now.listeners().isEmpty()) {
                return now;
            }
            now.source().cancel();
            return null;
        });
    }

    void agentChanged(AgentChanged changed) {
        Board board = new Board(AGENTS, changed.tenantId());
        if (audiences.containsKey(board)) {
            tell(board, PublicMessage.agent(changed));
        }
    }

    /** Nodes are everybody's. */
    void nodeStatus(NodeStatus status) {
        PublicMessage message = PublicMessage.node(status);
        audiences.keySet().stream().filter(board -> board.address().equals(QUEUE)).forEach(board -> tell(board, message));
    }

    /** Boards that somebody reads. */
    int boards() {
        return audiences.size();
    }

    private TaskFeed.Subscription source(Board board) {
        if (!board.address().equals(QUEUE)) {
            return () -> {};
        }
        QueueDigest digest = new QueueDigest(vertx, () -> listeners(board), message -> tell(board, message));
        return feed.watchAll(context, changed -> {
            if (changed.tenantId() == board.tenantId()) {
                digest.add(changed);
            }
        });
    }

    private int listeners(Board board) {
        Audience audience = audiences.get(board);
        return audience == null ? 0 : audience.listeners().size();
    }

    private void tell(Board board, PublicMessage message) {
        Audience audience = audiences.get(board);
        if (audience != null) {
            audience.listeners().forEach(registration -> registration.tell(message));
        }
    }
}
