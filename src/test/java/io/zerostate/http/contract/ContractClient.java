package io.zerostate.http.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calls operations of the contract on a running service, and holds each answer to what the contract says of it: status, media type,
 * headers and body.
 */
final class ContractClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ContractDocument contract = ContractDocument.load();
    private final Set<String> walked = new HashSet<>();
    private final URI base;

    ContractClient(URI base) {
        this.base = base;
    }

    ContractDocument contract() {
        return contract;
    }

    /** The operations that have answered something other than a problem. */
    Set<String> walked() {
        return Set.copyOf(walked);
    }

    /** A request to an operation, not sent yet. */
    final class Call {

        private final ContractDocument.Operation operation;
        private final HttpRequest.Builder request;
        private String method;
        private String path;
        private String query = "";
        private HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.noBody();

        private Call(ContractDocument.Operation operation) {
            this.operation = operation;
            this.method = operation.method();
            this.path = operation.path();
            this.request = HttpRequest.newBuilder().timeout(PATIENCE);
        }

        Call path(String id) {
            path = operation.path().replace("{id}", id);
            return this;
        }

        Call query(String text) {
            query = "?" + text;
            return this;
        }

        Call header(String name, String value) {
            request.header(name, value);
            return this;
        }

        Call method(String other) {
            method = other;
            return this;
        }

        Call json(String text) {
            return body("application/json", HttpRequest.BodyPublishers.ofString(text));
        }

        Call json(JsonObject value) {
            return json(value.encode());
        }

        Call body(String mediaType, HttpRequest.BodyPublisher content) {
            body = content;
            return header("Content-Type", mediaType);
        }

        /** Sends it, and fails unless the answer has this status and is as the contract describes it. */
        Exchange expect(int status) {
            Exchange exchange = send(request.uri(base.resolve(path + query)).method(method, body).build());
            assertThat(exchange.status()).as("%s %s%s: %s", method, path, query, exchange.text()).isEqualTo(status);
            requireAsDescribed(operation, exchange);
            if (status < 400) {
                walked.add(operation.id());
            }
            return exchange;
        }

        /** Sends it, and fails unless the answer is this problem. */
        JsonObject expectProblem(int status, String code) {
            JsonObject problem = expect(status).json();
            assertThat(problem.getString("type")).isEqualTo("urn:zerostate:error:" + code);
            assertThat(problem.getInteger("status")).isEqualTo(status);
            return problem;
        }
    }

    Call call(String operationId) {
        return new Call(contract.operation(operationId));
    }

    /** Opens an event stream and returns its first line; the stream is closed. */
    String firstLine(String operationId, @Nullable String id) throws IOException, InterruptedException {
        ContractDocument.Operation operation = contract.operation(operationId);
        URI uri = base.resolve(id == null ? operation.path() : operation.path().replace("{id}", id));
        HttpResponse<InputStream> response =
                http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream stream = response.body()) {
            requireAsDescribed(operation, new Exchange(response.statusCode(), response.headers(), new byte[0]));
            walked.add(operationId);
            StringBuilder line = new StringBuilder();
            for (int c = stream.read(); c >= 0 && c != '\n'; c = stream.read()) {
                line.append((char) c);
            }
            return line.toString();
        }
    }

    private Exchange send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Exchange(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new AssertionError(request.uri() + " was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void requireAsDescribed(ContractDocument.Operation operation, Exchange exchange) {
        JsonObject response = contract.response(operation, exchange.status());
        assertThat(response).as("%s describes %d", operation, exchange.status()).isNotNull();
        requireHeaders(response, exchange);
        JsonObject content = response.getJsonObject("content", new JsonObject());
        if (content.isEmpty()) {
            assertThat(exchange.body()).as("%s %d has no body", operation, exchange.status()).isEmpty();
            return;
        }
        assertThat(content.fieldNames()).contains(exchange.mediaType());
        JsonObject schema = content.getJsonObject(exchange.mediaType()).getJsonObject("schema");
        if (schema != null && exchange.mediaType().endsWith("json")) {
            assertThat(contract.errors(schema, exchange.json())).as("%s: %s", operation, exchange.text()).isEmpty();
        }
    }

    private void requireHeaders(JsonObject response, Exchange exchange) {
        for (Map.Entry<String, Object> entry : response.getJsonObject("headers", new JsonObject())) {
            JsonObject header = contract.resolve((JsonObject) entry.getValue());
            String value = exchange.header(entry.getKey());
            if (header.getBoolean("required", false)) {
                assertThat(value).as("header %s", entry.getKey()).isNotEmpty();
            }
            if (!value.isEmpty() && header.getJsonObject("schema").getString("type").equals("string")) {
                assertThat(contract.errors(header.getJsonObject("schema"), value)).isEmpty();
            }
        }
        assertThat(exchange.header("X-Trace-Id")).matches("[0-9a-f]{32}");
        assertThat(exchange.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Override
    public void close() {
        http.close();
    }
}
