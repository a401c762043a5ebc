package io.zerostate.app.client;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A node, as seen from outside. Calls block until the answer is there. */
public final class ApiClient implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** A server may hold a request that waits for five minutes. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(6);

    private static final String JSON = "application/json";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final URI server;
    private final String apiKey;

    /**
     * @param server such as {@code http://127.0.0.1:8080}
     * @param apiKey empty for none
     */
    public ApiClient(URI server, String apiKey) {
        this.server = server;
        this.apiKey = apiKey;
    }

    /** A client of the same node for many requests at a time, over so many connections; the caller closes it. */
    public LoadClient load(int connections) {
        return new LoadClient(server, apiKey, connections);
    }

    public JsonObject get(String path) throws ApiException {
        return json(send(request(path).GET()));
    }

    /** @param headers name and value in turn */
    public JsonObject post(String path, JsonObject body, String... headers) throws ApiException {
        HttpRequest.Builder request = request(path).header("Content-Type", JSON);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return json(send(request.POST(BodyPublishers.ofString(body.encode()))));
    }

    /** Sends a file as the body. */
    public JsonObject upload(String path, String contentType, Path file) throws ApiException {
        BodyPublisher body;
        try {
            body = BodyPublishers.ofFile(file);
        } catch (FileNotFoundException missing) {
            throw new ApiException(ApiException.NO_STATUS, "cannot read " + file);
        }
        return json(send(request(path).header("Content-Type", contentType).POST(body)));
    }

    /** Sends bytes as the body. */
    public JsonObject upload(String path, String contentType, byte[] bytes) throws ApiException {
        return json(send(request(path).header("Content-Type", contentType).POST(BodyPublishers.ofByteArray(bytes))));
    }

    /** @return empty where the answer has no body */
    public JsonObject delete(String path) throws ApiException {
        return json(send(request(path).DELETE()));
    }

    /** The bytes at {@code path}. */
    public byte[] bytes(String path) throws ApiException {
        return send(request(path).GET());
    }

    /**
     * Follows an event stream until it ends or {@code listener} has enough.
     *
     * @return whether the listener had enough
     */
    public boolean events(String path, EventListener listener) throws ApiException {
        HttpRequest request = request(path).header("Accept", "text/event-stream").GET().build();
        HttpResponse<InputStream> response = exchange(request, BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() >= HttpStatus.FIRST_FAILURE) {
                throw problem(response.statusCode(), body.readAllBytes());
            }
            listener.opened();
            return new EventReader(body).readAll(listener);
        } catch (IOException broken) {
            throw new ApiException(ApiException.NO_STATUS, "the event stream of " + server + " broke off");
        }
    }

    /** Encodes query parameters, leading question mark included; empty values are left out. */
    public static String query(List<Map.Entry<String, String>> parameters) {
        String query = parameters.stream()
                .filter(parameter -> !parameter.getValue().isEmpty())
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    /** Encodes one segment of a path, or one part of a query. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path));
        return apiKey.isEmpty() ? request : request.header("Authorization", "Bearer " + apiKey);
    }

    private byte[] send(HttpRequest.Builder request) throws ApiException {
        HttpResponse<byte[]> response = exchange(request.timeout(ANSWER_TIMEOUT).build(), BodyHandlers.ofByteArray());
        if (response.statusCode() >= HttpStatus.FIRST_FAILURE) {
            throw problem(response.statusCode(), response.body());
        }
        return response.body();
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) throws ApiException {
        try {
            return http.send(request, handler);
        } catch (ConnectException refused) {
            throw new ApiException(ApiException.NO_STATUS, "no node answers at " + server);
        } catch (IOException broken) {
            String reason = broken.getMessage() == null ? broken.getClass().getSimpleName() : broken.getMessage();
            throw new ApiException(ApiException.NO_STATUS, "talking to " + server + " failed: " + reason);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ApiException(ApiException.NO_STATUS, "interrupted");
        }
    }

    private JsonObject json(byte[] body) throws ApiException {
        if (body.length == 0) {
            return new JsonObject();
        }
        try {
            return new JsonObject(new String(body, StandardCharsets.UTF_8));
        } catch (DecodeException notJson) {
            throw new ApiException(ApiException.NO_STATUS, server + " does not answer like a ZeroState node");
        }
    }

    /** What a problem document (RFC 9457) says, in one line. */
    private static ApiException problem(int status, byte[] body) {
        try {
            JsonObject problem = new JsonObject(new String(body, StandardCharsets.UTF_8));
            String text = problem.getString("detail", problem.getString("title", "HTTP status " + status));
            JsonArray errors = problem.getJsonArray("errors", new JsonArray());
            String parts = errors.stream()
                    .map(JsonObject.class::cast)
                    .map(error -> error.getString("pointer", error.getString("parameter", "")) + " " + error.getString("detail"))
                    .collect(Collectors.joining(", "));
            return new ApiException(status, parts.isEmpty() ? text : text + " (" + parts + ")");
        } catch (DecodeException | ClassCastException notAProblem) {
            return new ApiException(status, "the server answered with HTTP status " + status);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
