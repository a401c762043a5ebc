package io.zerostate.faults;

import io.vertx.core.json.JsonObject;
import io.zerostate.task.TaskState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads the events of some tasks from the first to the last, as a browser does: on a break it goes on at another node. */
final class EventFollower implements AutoCloseable {
    /** One task of so many. */
    private static final int SHARE = 8;

    private static final int READ_TIMEOUT_MS = 5_000;
    private static final Duration BEFORE_RECONNECT = Duration.ofMillis(500);

    private final List<FaultNode> nodes;
    private final Ledger ledger;
    private final AtomicInteger offered = new AtomicInteger();
    private final Set<String> following = ConcurrentHashMap.newKeySet();
    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();

    EventFollower(List<FaultNode> nodes, Ledger ledger) {
        this.nodes = nodes;
        this.ledger = ledger;
    }

    /** Follows this task if it is its turn. */
    void mayFollow(String id) {
        if (offered.getAndIncrement() % SHARE == 0 && following.add(id)) {
            readers.submit(() -> follow(id));
        }
    }

    /** Tasks whose end was not heard of yet. */
    int following() {
        return following.size();
    }

    private void follow(String id) {
        int seq = 0;
        while (!Thread.currentThread().isInterrupted()) {
            FaultNode node = nodes.get(ThreadLocalRandom.current().nextInt(nodes.size()));
            try {
                seq = read(node, id, seq);
                if (seq < 0) {
                    following.remove(id);
                    return;
                }
            } catch (IOException broken) {
                seq = ledger.lastSeqs().getOrDefault(id, seq);
            }
            Waiting.forAsLongAs(BEFORE_RECONNECT);
        }
    }

    /** @return the last event, or -1 after the last of all */
    private int read(FaultNode node, String id, int lastSeq) throws IOException {
        Map<String, String> headers =
                Map.of("Accept", "text/event-stream", "Last-Event-ID", Integer.toString(lastSeq));
        HttpURLConnection connection = node.client().open("GET", "/api/v1/tasks/" + id + "/events", headers);
        connection.setReadTimeout(READ_TIMEOUT_MS);
        int seq = lastSeq;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data:")) {
                    JsonObject event = new JsonObject(line.substring("data:".length()));
                    if ("task_update".equals(event.getString("type"))) {
                        ledger.followed(event);
                        seq = event.getInteger("seq");
                        if (TaskState.ofWireName(event.getString("status")).isTerminal()) {
                            return -1;
                        }
                    }
                }
            }
        } finally {
            connection.disconnect();
        }
        return seq;
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }
}
