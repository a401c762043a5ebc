package io.zerostate.app;

import io.vertx.core.json.JsonObject;
import io.zerostate.task.TaskState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Waits for what happens to one task, by its event stream: no polling, no sleeping. */
final class EventStream {
    private final URI uri;
    private String lastId = "";

    EventStream(URI node, String taskId) {
        this.uri = node.resolve("/api/v1/tasks/" + taskId + "/events");
    }

    /** All that is told from now on until something wanted is; the next call goes on after that. */
    List<JsonObject> collectUntil(Predicate<JsonObject> wanted) throws IOException, InterruptedException {
        List<JsonObject> events = new ArrayList<>();
        follow(event -> {
            events.add(event);
            return wanted.test(event);
        });
        return events;
    }

    /** Returns once the task has ended. */
    void awaitEnd() throws IOException, InterruptedException {
        follow(EventStream::hasEnded);
    }

    /** Returns once the task is in this state. */
    void awaitStatus(String status) throws IOException, InterruptedException {
        await(event -> status.equals(event.getString("status")));
    }

    /** All that is told of the task from now to its end. */
    List<JsonObject> collect() throws IOException, InterruptedException {
        return collectUntil(EventStream::hasEnded);
    }

    static boolean hasEnded(JsonObject event) {
        return "task_update".equals(event.getString("type"))
                && TaskState.ofWireName(event.getString("status")).isTerminal();
    }

    private void await(Predicate<JsonObject> wanted) throws IOException, InterruptedException {
        follow(event -> "task_update".equals(event.getString("type")) && wanted.test(event));
    }

    private void follow(Predicate<JsonObject> last) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "text/event-stream");
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("id: ")) {
                        lastId = line.substring("id: ".length());
                    } else if (line.startsWith("data:")) {
                        JsonObject event = new JsonObject(line.substring("data:".length()));
                        if (last.test(event)) {
                            return;
                        }
                    }
                }
            } finally {
                http.shutdownNow();
            }
        }
        throw new IllegalStateException("the stream ended before that: " + uri);
    }
}
