package io.zerostate.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may not listen to the bridge, and to what nobody may. */
@Timeout(30)
class BridgeRefusalTest {
    private static final PushLimits FEW =
            new PushLimits(50, 3, 1 << 20, 1_000, Duration.ofSeconds(15), Duration.ofSeconds(30));

    private final LiveNode node = new LiveNode(FEW);

    @AfterEach
    void stop() {
        node.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"task.events", "task.find", "tasks.*", "tasks.1", "tasks.0198C0DE-0000-7000-8000-000000000000", ""})
    void noOtherAddressCanBeListenedTo(String address) throws Exception {
        try (BridgeConnection browser = BridgeConnection.raw(node)) {
            browser.register(address);
            assertThat(browser.next().getMap())
                    .containsEntry("type", "err")
                    .containsEntry("address", address)
                    .containsEntry("body", "access_denied");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"send", "publish"})
    void aBrowserCannotPutAMessageOnTheBus(String type) throws Exception {
        StoredTask task = node.queuedTask();
        String address = "tasks." + task.id;
        try (BridgeConnection listener = BridgeConnection.raw(node);
                BridgeConnection browser = BridgeConnection.raw(node)) {
            listener.register(address);
            listener.nextOf(address);
            browser.send(new JsonObject().put("type", type).put("address", address).put("body", new JsonObject()));
            assertThat(browser.next().getString("body")).isEqualTo("rejected");
            node.publish(task.start());
            assertThat(listener.nextOf(address).getString("status")).isEqualTo("running");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"of nobody", "of somebody else"})
    void aTaskThatIsNotTheClientsOwnIsRefusedWhetherThereIsOneOrNot(String whose) throws Exception {
        StoredTask task = whose.equals("of nobody") ? new StoredTask() : node.queuedTask();
        try (BridgeConnection browser = BridgeConnection.raw(node)) {
            browser.register("tasks." + task.id, "authorization", LiveNode.STRANGER);
            assertThat(browser.next().getMap())
                    .containsEntry("type", "err")
                    .containsEntry("address", "tasks." + task.id)
                    .containsEntry("body", "access_denied");
            node.publish(task.start());
            browser.register("tasks." + node.queuedTask().id);
            assertThat(browser.next().getString("type")).isEqualTo("rec");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "agents"})
    void aClientThatNobodyKnowsIsToldSo(String address) throws Exception {
        try (BridgeConnection browser = BridgeConnection.raw(node)) {
            browser.register(address, "Authorization", "Bearer of bad news");
            assertThat(browser.next().getMap()).containsEntry("body", "not_logged_in").containsEntry("address", address);
        }
    }

    @Test
    void whatIsNoEventIdIsRefused() throws Exception {
        try (BridgeConnection browser = BridgeConnection.raw(node)) {
            browser.register("tasks." + node.queuedTask().id, "last-event-id", "yesterday");
            assertThat(browser.next().getString("body")).isEqualTo("invalid_last_event_id");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "not json | invalid_json", "[] | invalid_json", "{} | missing_type", "{\"type\":7} | missing_type",
        "{\"type\":\"register\"} | missing_address", "{\"type\":\"register\",\"address\":{}} | missing_address",
        "{\"type\":\"dance\",\"address\":\"queue\"} | invalid_type"
    })
    void whatIsNoMessageOfTheProtocolIsSaidToBeNone(String text, String problem) throws Exception {
        try (BridgeConnection browser = BridgeConnection.raw(node)) {
            browser.sendText(text);
            assertThat(browser.next().getMap()).containsEntry("type", "err").containsEntry("body", problem);
        }
    }

    @Test
    void aClientHasItsShareOfSocketsAndNoMore() throws Exception {
        List<BridgeConnection> sockets = new ArrayList<>();
        for (int i = 0; i < FEW.connectionsPerClient(); i++) {
            BridgeConnection socket = BridgeConnection.raw(node);
            socket.register("tasks." + node.queuedTask().id);
            socket.next();
            sockets.add(socket);
        }
        try (BridgeConnection oneTooMany = BridgeConnection.sockJs(node)) {
            assertThat(oneTooMany.next().getString("body")).isEqualTo("too_many_sockets");
            oneTooMany.awaitClose();
        }
        sockets.forEach(BridgeConnection::close);
    }

    @Test
    void aSocketCannotWatchMoreThanItsShare() throws Exception {
        try (BridgeConnection browser = BridgeConnection.raw(node)) {
            for (int i = 0; i < 3; i++) {
                browser.register("tasks." + node.queuedTask().id);
                browser.next();
            }
            browser.register("tasks." + node.queuedTask().id);
            assertThat(browser.next().getString("body")).isEqualTo("max_handlers_reached");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://localhost.evil.example"})
    void aPageOfAnotherSiteIsRefused(String origin) {
        assertThatThrownBy(() -> BridgeConnection.raw(node, origin))
                .isInstanceOfSatisfying(UpgradeRejectedException.class, refused -> assertThat(refused.getStatus()).isEqualTo(403));
    }

    @Test
    void pagesOfTheNodeOfThisMachineAndOfConfiguredOriginsAreLetIn() throws Exception {
        for (String origin : List.of("http://127.0.0.1:" + node.port, "http://localhost:3000", "https://console.example.com")) {
            try (BridgeConnection browser = BridgeConnection.raw(node, origin)) {
                StoredTask task = node.queuedTask();
                browser.register("tasks." + task.id);
                assertThat(browser.nextOf("tasks." + task.id).getString("status")).isEqualTo("queued");
            }
        }
    }
}
