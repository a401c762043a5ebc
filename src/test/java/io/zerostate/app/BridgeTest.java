package io.zerostate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What stands around the bridge of a whole node: its key, and what the HTTP server lets through. */
@Timeout(60)
class BridgeTest {
    private static final String KEY = "correct horse battery staple";
    private static final long PATIENCE_S = 10;

    private static TestNode node;
    private static Vertx vertx;

    private final BlockingQueue<JsonObject> heard = new LinkedBlockingQueue<>();

    @BeforeAll
    static void start() {
        node = TestNode.start(Map.of("http.api_key", KEY));
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close().await();
        node.close();
    }

    @Test
    void aPageGivesTheKeyWithItsRegistration() throws Exception {
        WebSocketClient client = vertx.createWebSocketClient();
        WebSocket socket = open(client, new WebSocketConnectOptions());
        register(socket, new JsonObject());
        assertThat(next().getString("body")).isEqualTo("not_logged_in");
        register(socket, new JsonObject().put("Authorization", "Bearer " + KEY));
        assertThat(next().getJsonObject("body").getString("type")).isEqualTo("node_status");
        client.close().await();
    }

    @Test
    void aProgramGivesTheKeyWithItsConnection() throws Exception {
        WebSocketClient client = vertx.createWebSocketClient();
        register(open(client, new WebSocketConnectOptions().putHeader("X-API-Key", KEY)), new JsonObject());
        assertThat(next().getJsonObject("body").getString("type")).isEqualTo("node_status");
        client.close().await();
    }

    @Test
    void framesAreNotCompressedWhateverAClientOffers() {
        WebSocketClient client = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setTryUsePerMessageCompression(true)
                .setTryUsePerFrameCompression(true));
        WebSocket socket = open(client, new WebSocketConnectOptions());
        assertThat(socket.headers().contains("Sec-WebSocket-Extensions")).isFalse();
        client.close().await();
    }

    @Test
    void whoSendsMoreThanARegistrationTakesIsCutOff() throws Exception {
        WebSocketClient client = vertx.createWebSocketClient(
                new WebSocketClientOptions().setMaxFrameSize(1 << 20).setMaxMessageSize(1 << 20));
        WebSocket socket = open(client, new WebSocketConnectOptions());
        BlockingQueue<String> closed = new LinkedBlockingQueue<>();
        socket.closeHandler(v -> closed.add("closed"));
        socket.writeTextMessage(new JsonObject().put("type", "ping").put("padding", "x".repeat(1 << 18)).encode());
        assertThat(closed.poll(PATIENCE_S, TimeUnit.SECONDS)).isEqualTo("closed");
        client.close().await();
    }

    private WebSocket open(WebSocketClient client, WebSocketConnectOptions options) {
        WebSocket socket = client.connect(options.setHost("127.0.0.1")
                        .setPort(node.uri().getPort())
                        .setURI("/eventbus/websocket"))
                .await();
        socket.textMessageHandler(text -> heard.add(new JsonObject(text)));
        return socket;
    }

    private static void register(WebSocket socket, JsonObject headers) {
        socket.writeTextMessage(new JsonObject()
                        .put("type", "register")
                        .put("address", "queue")
                        .put("headers", headers)
                        .encode())
                .await();
    }

    private JsonObject next() throws InterruptedException {
        JsonObject message = heard.poll(PATIENCE_S, TimeUnit.SECONDS);
        assertThat(message).isNotNull();
        return message;
    }
}
