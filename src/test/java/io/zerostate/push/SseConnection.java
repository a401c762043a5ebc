package io.zerostate.push;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A client of an SSE resource that keeps what it hears. */
final class SseConnection implements AutoCloseable {
    private static final long PATIENCE_S = 10;
    private static final Event END = new Event("end of stream", "", new JsonObject());

    /** @param id empty where the server gave none */
    record Event(String name, String id, JsonObject data) {}

    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> comments = new LinkedBlockingQueue<>();
    private final HttpResponse<Stream<String>> response;

    SseConnection(LiveNode node, String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        response = http.send(request.build(), HttpResponse.BodyHandlers.ofLines());
        Thread.ofVirtual().start(this::read);
    }

    static SseConnection ofTask(LiveNode node, StoredTask task, String... headers) throws IOException, InterruptedException {
        return new SseConnection(node, "/api/v1/tasks/" + task.id + "/events", headers);
    }

    int status() {
        return response.statusCode();
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    Event next() throws InterruptedException {
        Event event = events.poll(PATIENCE_S, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("no event within " + PATIENCE_S + " s");
        }
        return event;
    }

    List<Event> next(int count) throws InterruptedException {
        List<Event> next = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            next.add(next());
        }
        return next;
    }

    /** The next state that the stream tells. */
    String nextStatus() throws InterruptedException {
        return next().data().getString("status");
    }

    /** What is still to come until the server ends the stream. */
    List<Event> untilEnd() throws InterruptedException {
        List<Event> rest = new ArrayList<>();
        for (Event event = next(); event != END; event = next()) {
            rest.add(event);
        }
        return rest;
    }

    String nextComment() throws InterruptedException {
        return String.valueOf(comments.poll(PATIENCE_S, TimeUnit.SECONDS));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private void read() {
        String[] fields = {"", "", ""};
        try (Stream<String> lines = response.body()) {
            lines.forEach(line -> {
                if (line.startsWith(":")) {
                    comments.add(line);
                } else if (line.startsWith("event: ")) {
                    fields[0] = line.substring("event: ".length());
                } else if (line.startsWith("id: ")) {
                    fields[1] = line.substring("id: ".length());
                } else if (line.startsWith("data: ")) {
                    fields[2] = line.substring("data: ".length());
                } else if (line.isEmpty() && !fields[2].isEmpty()) {
                    events.add(new Event(fields[0], fields[1], new JsonObject(fields[2])));
                    fields[1] = "";
                    fields[2] = "";
                }
            });
        } catch (UncheckedIOException broken) {
            // The server broke the connection off: the end of the stream all the same.
        }
        events.add(END);
    }
}
