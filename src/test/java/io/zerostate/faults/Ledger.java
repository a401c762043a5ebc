package io.zerostate.faults;

import io.vertx.core.json.JsonObject;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What the world was told: which tasks were accepted, which cancels were acknowledged, which results and states were seen. It is
 * kept outside of the system, in memory and line by line in a file, and complains of what does not fit what it has. Any thread.
 */
final class Ledger implements AutoCloseable {
    private final Map<String, String> idsByKey = new ConcurrentHashMap<>();
    private final Map<String, String> results = new ConcurrentHashMap<>();
    private final Map<String, Integer> lastSeqs = new ConcurrentHashMap<>();
    private final Map<String, Integer> attempts = new ConcurrentHashMap<>();
    private final Set<String> cancelled = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();
    private final BufferedWriter file;

    Ledger(Path path) {
        try {
            Files.createDirectories(path.getParent());
            this.file = Files.newBufferedWriter(path);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A 202 to a post with this Idempotency-Key. */
    void accepted(String key, String id) {
        write("accepted", id, key);
        String before = idsByKey.putIfAbsent(key, id);
        if (before != null && !before.equals(id)) {
            violation("I11 key " + key + " gave task " + before + " and task " + id);
        }
    }

    /** A request that was not answered as it should; the client tries again. */
    void failed(String key, String how) {
        write("failed", key, how);
    }

    /** A cancel that was answered with 200 or 202. */
    void cancelled(String id) {
        write("cancelled", id, "");
        cancelled.add(id);
    }

    /** A result as the system showed it. */
    void observed(JsonObject result) {
        String id = result.getString("task_id");
        String shown = result.encode();
        String before = results.putIfAbsent(id, shown);
        if (before == null) {
            write("result", id, shown);
        } else if (!before.equals(shown)) {
            violation("I2 result of " + id + " was " + before + " and is " + shown);
        }
    }

    /** The next event of a task that is followed from its beginning. */
    void followed(JsonObject event) {
        String id = event.getString("task_id");
        int seq = event.getInteger("seq");
        int last = lastSeqs.getOrDefault(id, 0);
        write("event", id, seq + " " + event.getString("status"));
        if (seq != last + 1) {
            violation("I9 task " + id + " has event " + seq + " after event " + last);
        }
        lastSeqs.put(id, seq);
        int attempt = event.getInteger("attempt");
        if (attempt < attempts.getOrDefault(id, 0)) {
            violation("I12 task " + id + " went back to attempt " + attempt);
        }
        attempts.put(id, attempt);
    }

    void violation(String what) {
        write("violation", "", what);
        violations.add(what);
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    /** All tasks that were accepted. */
    List<String> ids() {
        return List.copyOf(Set.copyOf(idsByKey.values()));
    }

    Set<String> cancelledIds() {
        return Set.copyOf(cancelled);
    }

    /** Number of the last event seen, by task that was followed. */
    Map<String, Integer> lastSeqs() {
        return Map.copyOf(lastSeqs);
    }

    private void write(String what, String id, String more) {
        try {
            synchronized (file) {
                file.write(Instant.now() + " " + what + " " + id + " " + more + "\n");
                file.flush();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
