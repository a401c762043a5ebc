package io.zerostate.push;

import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client of the event-bus bridge over a WebSocket, raw or with the framing of SockJS, that keeps what it hears. */
final class BridgeConnection implements AutoCloseable {
    private static final long PATIENCE_S = 10;

    /** SockJS sends what has gathered as one message. */
    private static final int LONGEST_MESSAGE = 16 << 20;

    /** Held, since Vert.x closes a client, and its connections, when it is garbage. */
    private final WebSocketClient client;

    private final WebSocket socket;
    private final boolean framed;
    private final BlockingQueue<JsonObject> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> closed = new LinkedBlockingQueue<>();

    private BridgeConnection(LiveNode node, WebSocketConnectOptions options, boolean framed) {
        this.framed = framed;
        client = node.vertx.createWebSocketClient(new WebSocketClientOptions().setMaxMessageSize(LONGEST_MESSAGE));
        socket = client.connect(options.setHost("127.0.0.1").setPort(node.port)).await();
        socket.closeHandler(v -> closed.add("closed"));
        socket.textMessageHandler(this::receive);
        // What the bridge itself says, its errors, comes as bytes on a raw WebSocket.
        socket.binaryMessageHandler(bytes -> receive(bytes.toString()));
    }

    static BridgeConnection raw(LiveNode node) {
        return new BridgeConnection(node, new WebSocketConnectOptions().setURI("/eventbus/websocket"), false);
    }

    static BridgeConnection raw(LiveNode node, String origin) {
        return new BridgeConnection(
                node, new WebSocketConnectOptions().setURI("/eventbus/websocket").putHeader("Origin", origin), false);
    }

    static BridgeConnection sockJs(LiveNode node) {
        return new BridgeConnection(node, new WebSocketConnectOptions().setURI("/eventbus/000/session1/websocket"), true);
    }

    void register(String address) {
        send(new JsonObject().put("type", "register").put("address", address));
    }

    void unregister(String address) {
        send(new JsonObject().put("type", "unregister").put("address", address));
    }

    void send(JsonObject message) {
        socket.writeTextMessage(framed ? new JsonArray().add(message.encode()).encode() : message.encode()).await();
    }

    /** Stops reading, as a client does that hangs. */
    void stopReading() {
        socket.pause();
    }

    void readOn() {
        socket.resume();
    }

    JsonObject next() throws InterruptedException {
        JsonObject message = messages.poll(PATIENCE_S, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no message within " + PATIENCE_S + " s");
        }
        return message;
    }

    /** The body of the next message, which is one of {@code address}. */
    JsonObject nextOf(String address) throws InterruptedException {
        JsonObject message = next();
        if (!"rec".equals(message.getString("type")) || !address.equals(message.getString("address"))) {
            throw new AssertionError("not from " + address + ": " + message);
        }
        return message.getJsonObject("body");
    }

    boolean hasMore() {
        return !messages.isEmpty();
    }

    void awaitClose() throws InterruptedException {
        if (closed.poll(PATIENCE_S, TimeUnit.SECONDS) == null) {
            throw new AssertionError("still open after " + PATIENCE_S + " s");
        }
    }

    @Override
    public void close() {
        socket.close().compose(closed -> client.close()).await();
    }

    private void receive(String text) {
        if (!framed) {
            messages.add(new JsonObject(text));
        } else if (text.startsWith("a")) {
            new JsonArray(text.substring(1)).forEach(message -> messages.add(new JsonObject(String.valueOf(message))));
        }
    }
}
