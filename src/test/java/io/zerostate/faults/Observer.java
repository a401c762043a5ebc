package io.zerostate.faults;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at results while they come, and at how often nodes refused a stale one: their counters go down with them. */
final class Observer implements AutoCloseable {
    private static final long INTERVAL_MS = 500;
    private static final String STALE = "zerostate_queue_stale_finishes_total";

    private final List<FaultNode> nodes;
    private final Ledger ledger;
    private final Map<String, Long> before;
    private final Map<String, Long> staleFinishes = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock =
            Executors.newScheduledThreadPool(0, Thread.ofVirtual().factory());

    Observer(List<FaultNode> nodes, Ledger ledger) {
        this.nodes = nodes;
        this.ledger = ledger;
        nodes.forEach(this::count);
        this.before = Map.copyOf(staleFinishes);
    }

    void start() {
        for (FaultNode node : nodes) {
            clock.scheduleWithFixedDelay(() -> look(node), 0, INTERVAL_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void look(FaultNode node) {
        try {
            page(node, "");
        } catch (IOException away) {
            // It is meant to be, now and then.
        }
        count(node);
    }

    private void count(FaultNode node) {
        String process = node.name() + "-" + node.incarnation();
        try {
            node.client()
                    .get("/metrics")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(STALE))
                    .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .forEach(value -> staleFinishes.merge(process, value, Math::max));
        } catch (IOException away) {
            // What it counted last is kept.
        }
    }

    /** Since this observer was made. */
    long staleFinishes() {
        nodes.forEach(this::count);
        return staleFinishes.entrySet().stream()
                .mapToLong(entry -> entry.getValue() - before.getOrDefault(entry.getKey(), 0L))
                .sum();
    }

    /** Looks once more at the results of all these tasks. */
    void lookAtAll(Set<String> ids) throws IOException {
        FaultNode node = nodes.getFirst();
        String cursor = "";
        int left = ids.size();
        while (left > 0) {
            JsonObject page = page(node, cursor);
            left -= (int) page.getJsonArray("items").stream()
                    .map(JsonObject.class::cast)
                    .filter(result -> ids.contains(result.getString("task_id")))
                    .count();
            if (page.getString("next_cursor") == null) {
                return;
            }
            cursor = "&cursor=" + page.getString("next_cursor");
        }
    }

    private JsonObject page(FaultNode node, String cursor) throws IOException {
        NodeClient.Answer answer = node.client().get("/api/v1/tasks/results?limit=200" + cursor);
        if (answer.status() != 200) {
            return new JsonObject().put("items", new JsonArray());
        }
        JsonObject page = answer.json();
        page.getJsonArray("items").forEach(result -> ledger.observed((JsonObject) result));
        return page;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
