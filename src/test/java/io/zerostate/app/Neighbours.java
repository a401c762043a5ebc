package io.zerostate.app;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Short tasks of somebody else, one after the other, for as long as it is open: what they feel of what runs beside them. */
final class Neighbours implements AutoCloseable {
    private static final JsonObject TASK = new JsonObject().put("agent_id", "neighbour");
    private static final long PATIENCE_SECONDS = 60;

    private final JsonClient client;
    private final Thread thread;
    private final List<Long> millis = new ArrayList<>();
    private int failed;
    private volatile boolean closed;

    /**
     * @param p99Ms from submission to result; the slowest of fewer than a hundred
     * @param failed that did not complete
     */
    record Seen(int tasks, long p99Ms, int failed) {}

    private Neighbours(URI node) {
        this.client = new JsonClient(node);
        this.thread = Thread.ofPlatform().daemon().name("neighbours").unstarted(this::work);
    }

    /** The node must have an agent of the name {@code neighbour}. */
    static Neighbours start(URI node) {
        Neighbours neighbours = new Neighbours(node);
        neighbours.thread.start();
        return neighbours;
    }

    private void work() {
        while (!closed) {
            long started = System.nanoTime();
            JsonClient.Answer answer = client.post("/api/v1/tasks?wait=30s", TASK);
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
            boolean completed = answer.status() == 200 && "completed".equals(answer.json().getString("status"));
            synchronized (millis) {
                millis.add(took);
                failed += completed ? 0 : 1;
                millis.notifyAll();
            }
        }
    }

    /** Begins anew. */
    void forget() {
        synchronized (millis) {
            millis.clear();
            failed = 0;
        }
    }

    /** Waits until there were so many since it was last asked, and forgets them. */
    Seen seen(int atLeast) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        synchronized (millis) {
            while (millis.size() < atLeast) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw new IllegalStateException("neighbours get no answer any more");
                }
                millis.wait(left);
            }
            List<Long> sorted = millis.stream().sorted().toList();
            Seen seen = new Seen(sorted.size(), sorted.get((int) Math.ceil(0.99 * sorted.size()) - 1), failed);
            forget();
            return seen;
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        client.close();
    }
}
