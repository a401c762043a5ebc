package io.zerostate.browser;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One connection of the DevTools protocol (https://chromedevtools.github.io/devtools-protocol): numbered commands, and events. */
final class DevTools implements WebSocket.Listener {
    private static final long PATIENCE_S = 60;

    private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
    private final Map<String, List<Consumer<JsonObject>>> listeners = new ConcurrentHashMap<>();
    private final AtomicInteger commands = new AtomicInteger();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    DevTools(HttpClient http, URI uri) {
        socket = http.newWebSocketBuilder().buildAsync(uri, this).join();
    }

    /** Gives a command and waits for its answer. */
    JsonObject send(String method, JsonObject parameters) {
        int id = commands.incrementAndGet();
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        answers.put(id, answer);
        String command = new JsonObject().put("id", id).put("method", method).put("params", parameters).encode();
        synchronized (socket) {
            socket.sendText(command, true).join();
        }
        try {
            JsonObject answered = answer.get(PATIENCE_S, TimeUnit.SECONDS);
            if (answered.containsKey("error")) {
                throw new AssertionError(method + ": " + answered.getJsonObject("error").encode());
            }
            return answered.getJsonObject("result");
        } catch (TimeoutException late) {
            throw new AssertionError(method + " was not answered within " + PATIENCE_S + " s: " + parameters.encode(), late);
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** @param listener called with the parameters of each such event; must not give commands */
    void on(String event, Consumer<JsonObject> listener) {
        listeners.computeIfAbsent(event, name -> new CopyOnWriteArrayList<>()).add(listener);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            JsonObject message = new JsonObject(text.toString());
            text.setLength(0);
            receive(message);
        }
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    private void receive(JsonObject message) {
        Integer id = message.getInteger("id");
        if (id != null) {
            answers.remove(id).complete(message);
        } else {
            listeners
                    .getOrDefault(message.getString("method"), List.of())
                    .forEach(listener -> listener.accept(message.getJsonObject("params")));
        }
    }

    void close() {
        socket.abort();
    }
}
