package io.zerostate.app.command;

import io.vertx.core.json.JsonObject;
import io.zerostate.app.client.ApiClient;
import io.zerostate.app.client.ApiException;
import io.zerostate.task.TaskState;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Consumer;

/** Watches one task until it has ended. */
final class TaskFollower {
    private final ApiClient client;
    private final String path;

    TaskFollower(ApiClient client, String taskId) {
        this.client = client;
        this.path = "api/v1/tasks/" + ApiClient.encode(taskId);
    }

    /** Passes every event on. */
    void events(Consumer<JsonObject> listener) throws ApiException {
        boolean ended = false;
        while (!ended) {
            boolean seenToEnd = client.events(path + "/events", event -> {
                listener.accept(event);
                return !isTerminal(event);
            });
            // A stream may end before the task does, when the node stops or the reader was too slow.
            ended = seenToEnd || isTerminal(client.get(path + "/status"));
        }
    }

    /**
     * Writes what the task writes, as it comes.
     *
     * @param states hears of each state, in words
     */
    void output(StandardStreams streams, Consumer<String> states) throws ApiException {
        LiveOutput out = new LiveOutput(streams.out(), Terminal.isStdout());
        LiveOutput err = new LiveOutput(streams.err(), Terminal.isStderr());
        events(event -> {
            if ("task_output".equals(event.getString("type"))) {
                LiveOutput stream = "stderr".equals(event.getString("stream")) ? err : out;
                stream.write(event.getLong("offset"), bytes(event));
                return;
            }
            states.accept(event.getString("message", event.getString("status")));
            if ("running".equals(event.getString("status"))) {
                out.restart(event.getInteger("attempt"));
                err.restart(event.getInteger("attempt"));
            }
        });
        int attempt = client.get(path).getInteger("attempt");
        out.restart(attempt);
        err.restart(attempt);
        out.complete(client.bytes(path + "/stdout"));
        err.complete(client.bytes(path + "/stderr"));
    }

    /** Writes what an ended task has written. */
    void storedOutput(StandardStreams streams) throws ApiException {
        write(streams.out(), client.bytes(path + "/stdout"));
        write(streams.err(), client.bytes(path + "/stderr"));
    }

    private static void write(PrintStream stream, byte[] bytes) {
        stream.write(bytes, 0, bytes.length);
        stream.flush();
    }

    private static byte[] bytes(JsonObject output) {
        String text = output.getString("text");
        return text == null ? Base64.getDecoder().decode(output.getString("base64")) : text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isTerminal(JsonObject event) {
        String status = event.getString("status");
        return status != null && TaskState.ofWireName(status).isTerminal();
    }
}
