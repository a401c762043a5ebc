package io.zerostate.app.bench;

import io.vertx.core.json.JsonObject;
import io.zerostate.app.client.ApiClient;
import io.zerostate.app.client.ApiException;
import io.zerostate.app.client.EventListener;
import io.zerostate.task.TaskState;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Sees tasks end, by the stream of all tasks' changes that a node sends to whoever asks. That costs the node one message per change and no
 * statement, and each end is seen when it is committed. Asking for each task, or a request that waits for each, would cost the node about as
 * much as the task itself. Runs on a thread of its own; comes back when the stream breaks.
 */
final class EndWatch implements AutoCloseable {
    private static final String EVENTS = "api/v1/events";
    private static final long RETRY_MS = 200;

    private final ApiClient client;
    private final Thread thread;
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private volatile Outstanding outstanding;
    private volatile boolean closed;

    private EndWatch(ApiClient client, Outstanding first) {
        this.client = client;
        this.outstanding = first;
        this.thread = Thread.ofPlatform().daemon().name("bench-watch").unstarted(this::watch);
    }

    /** Blocks until the stream is there. */
    static EndWatch open(ApiClient client, Outstanding first) throws ApiException, InterruptedException {
        EndWatch watch = new EndWatch(client, first);
        watch.thread.start();
        try {
            watch.opened.get();
            return watch;
        } catch (ExecutionException failure) {
            watch.close();
            if (failure.getCause() instanceof ApiException refused) {
                throw refused;
            }
            throw new IllegalStateException(failure.getCause());
        }
    }

    /** From now on tells {@code next} instead. */
    void tell(Outstanding next) {
        outstanding = next;
    }

    private void watch() {
        while (!closed) {
            try {
                client.events(EVENTS, new Ends());
            } catch (ApiException broken) {
                // The first time that is the answer; later, a node that comes back is found again.
                opened.completeExceptionally(broken);
            } catch (RuntimeException | Error failure) {
                opened.completeExceptionally(failure);
                throw failure;
            }
            pause();
        }
    }

    private synchronized void pause() {
        try {
            if (!closed) {
                TimeUnit.MILLISECONDS.timedWait(this, RETRY_MS);
            }
        } catch (InterruptedException stopped) {
            closed = true;
        }
    }

    private final class Ends implements EventListener {
        @Override
        public void opened() {
            opened.complete(null);
        }

        /** Two of the three events of a task are none of its end. Within a text of the task each quote would have a backslash before it. */
        @Override
        public boolean wants(String json) {
            return !json.contains("\"status\":\"queued\"") && !json.contains("\"status\":\"running\"");
        }

        @Override
        public boolean on(JsonObject event) {
            long now = System.nanoTime();
            String status = event.getString("status");
            if (status != null) {
                TaskState state = TaskState.ofWireName(status);
                if (state.isTerminal()) {
                    outstanding.ended(UUID.fromString(event.getString("task_id")), state, now);
                }
            }
            return !closed;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
