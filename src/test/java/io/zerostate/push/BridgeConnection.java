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
        // On the loop of the connection, so that not even a socket that is closed at once is missed.
        socket = client.connect(options.setHost("127.0.0.1").setPort(node.port)).map(this::listen).await();
    }

    private WebSocket listen(WebSocket opened) {
        opened.closeHandler(v -> closed.add("closed"));
        return opened.textMessageHandler(this::receive);
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

    /** @param headers name and value in turn */
    void register(String address, String... headers) {
        JsonObject all = new JsonObject();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        send(new JsonObject().put("type", "register").put("address", address).put("headers", all));
    }

    void unregister(String address) {
        send(new JsonObject().put("type", "unregister").put("address", address));
    }

    void send(JsonObject message) {
        sendText(message.encode());
    }

    void sendText(String text) {
        socket.writeTextMessage(framed ? new JsonArray().add(text).encode() : text).await();
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
