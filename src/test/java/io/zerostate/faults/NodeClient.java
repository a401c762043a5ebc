package io.zerostate.faults;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Speaks to one node as a client that gives up soon. Each request has a connection of its own and is sent once: nothing is left over
 * from before a fault, and nothing is hidden by a retry.
 */
final class NodeClient {
    /** Of all nodes of the tests: beyond loopback they want one. */
    static final String API_KEY = "faults";

    private static final int CONNECT_TIMEOUT_MS = 2_000;
    private static final int ANSWER_TIMEOUT_MS = 10_000;
    private static final int FIRST_FAILURE = 400;

    private final URI base;

    NodeClient(URI base) {
        this.base = base;
    }

    record Answer(int status, String body) {
        JsonObject json() {
            return new JsonObject(body);
        }
    }

    URI uri() {
        return base;
    }

    Answer get(String path) throws IOException {
        return answer(open("GET", path, Map.of()));
    }

    Answer delete(String path) throws IOException {
        return answer(open("DELETE", path, Map.of()));
    }

    /** @param key the Idempotency-Key */
    Answer submit(String key, JsonObject task) throws IOException {
        return post(
                "/api/v1/tasks",
                Map.of("Content-Type", "application/json", "Idempotency-Key", key),
                task.encode().getBytes(StandardCharsets.UTF_8));
    }

    Answer post(String path, Map<String, String> headers, byte[] body) throws IOException {
        HttpURLConnection connection = open("POST", path, headers);
        connection.setDoOutput(true);
        // Not buffered, so that it cannot be sent again behind our back.
        connection.setFixedLengthStreamingMode(body.length);
        connection.getOutputStream().write(body);
        return answer(connection);
    }

    /** A request that is sent when its answer is asked for. */
    HttpURLConnection open(String method, String path, Map<String, String> headers) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) base.resolve(path).toURL().openConnection();
        connection.setConnectTimeout(CONNECT_TIMEOUT_MS);
        connection.setReadTimeout(ANSWER_TIMEOUT_MS);
        connection.setRequestMethod(method);
        connection.setRequestProperty("Connection", "close");
        connection.setRequestProperty("Authorization", "Bearer " + API_KEY);
        headers.forEach(connection::setRequestProperty);
        return connection;
    }

    private static Answer answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        try (InputStream body = status < FIRST_FAILURE ? connection.getInputStream() : connection.getErrorStream()) {
            return new Answer(status, body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
