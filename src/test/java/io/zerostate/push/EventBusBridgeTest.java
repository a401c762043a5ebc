package io.zerostate.push;

import static io.zerostate.task.OutputStreamName.STDOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.AgentChanged;
import io.zerostate.bus.NodeStatus;
import io.zerostate.bus.TaskEvent;
import io.zerostate.bus.TaskFound;
import io.zerostate.metrics.PushMetrics.Transport;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventBusBridgeTest {
    private static final PushLimits FEW_ADDRESSES =
            new PushLimits(50, 3, 1 << 20, 1_000, Duration.ofSeconds(15), Duration.ofSeconds(30));

    private final LiveNode node = new LiveNode(FEW_ADDRESSES);

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void aWatcherOfATaskStartsWithItsStateAndSeesItsWayAndOutput() throws Exception {
        StoredTask task = node.queuedTask();
        String address = "tasks." + task.id;
        try (BridgeConnection browser = BridgeConnection.sockJs(node)) {
            browser.register(address);
            assertThat(browser.nextOf(address).getMap())
                    .containsEntry("type", "task_update")
                    .containsEntry("task_id", task.id.toString())
                    .containsEntry("status", "queued")
                    .containsEntry("seq", 1);
            node.publish(task.start(), task.write(STDOUT, 0, "Hello"), task.complete());
            assertThat(browser.nextOf(address).getString("status")).isEqualTo("running");
            assertThat(browser.nextOf(address).getMap())
                    .containsEntry("type", "task_output")
                    .containsEntry("stream", "stdout")
                    .containsEntry("offset", 0)
                    .containsEntry("text", "Hello");
            assertThat(browser.nextOf(address).getMap()).containsEntry("stream", "stdout").containsEntry("offset", 5).containsEntry("end", true);
            assertThat(browser.nextOf(address).getMap()).containsEntry("stream", "stderr").containsEntry("offset", 0).containsEntry("end", true);
            assertThat(browser.nextOf(address).getString("status")).isEqualTo("completed");
        }
    }

    @Test
    void aStateThatWasToldLiveIsNotToldAgain() throws Exception {
        StoredTask task = node.queuedTask();
        String address = "tasks." + task.id;
        TaskEvent.Changed running = task.start();
        TaskFound found = task.found();
        Promise<TaskFound> answer = Promise.promise();
        CountDownLatch asked = new CountDownLatch(1);
        node.answerFindsWith(question -> {
            asked.countDown();
            return answer.future();
        });
        try (BridgeConnection browser = BridgeConnection.raw(node)) {
            browser.register(address);
            asked.await();
            node.publish(running);
            answer.complete(found);
            assertThat(browser.nextOf(address).getString("status")).isEqualTo("running");
            node.publish(task.complete());
            assertThat(browser.nextOf(address).getBoolean("end")).isTrue();
            assertThat(browser.nextOf(address).getBoolean("end")).isTrue();
            assertThat(browser.nextOf(address).getString("status")).isEqualTo("completed");
        }
    }

    @Test
    void nothingIsSentOfATaskThatIsNotWatchedAnyMore() throws Exception {
        StoredTask left = node.queuedTask();
        StoredTask watched = node.queuedTask();
        try (BridgeConnection browser = BridgeConnection.raw(node)) {
            browser.register("tasks." + left.id);
            browser.next();
            browser.unregister("tasks." + left.id);
            browser.register("tasks." + watched.id);
            browser.nextOf("tasks." + watched.id);
            node.publish(left.start(), watched.start());
            assertThat(browser.nextOf("tasks." + watched.id).getString("status")).isEqualTo("running");
            assertThat(browser.hasMore()).isFalse();
        }
    }

    @Test
    void theQueueTellsTheLatestStateOfEachTaskThatChanged() throws Exception {
        StoredTask one = node.queuedTask();
        StoredTask other = node.queuedTask();
        try (BridgeConnection browser = watcherOf("queue")) {
            node.publish(one.start(), one.complete(), other.start());
            assertThat(List.of(browser.nextOf("queue"), browser.nextOf("queue")))
                    .extracting(body -> body.getString("task_id") + body.getString("status"))
                    .containsExactly(one.id + "completed", other.id + "running");
        }
    }

    @Test
    void aFloodOfTasksReachesTheQueueAsAHundredAndACount() throws Exception {
        try (BridgeConnection browser = watcherOf("queue")) {
            List<TaskEvent> flood = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                flood.add(node.queuedTask().start());
            }
            node.publish(flood.toArray(TaskEvent[]::new));
            Set<String> told = new HashSet<>();
            JsonObject body = browser.nextOf("queue");
            for (; body.getString("type").equals("task_update"); body = browser.nextOf("queue")) {
                told.add(body.getString("task_id"));
            }
            assertThat(told).hasSize(100);
            assertThat(body).isEqualTo(new JsonObject().put("type", "queue_update").put("changed", 900));
        }
    }

    @Test
    void theQueueTellsHowNodesAreDoing() throws Exception {
        try (BridgeConnection browser = watcherOf("queue")) {
            node.bus.publish(
                    Addresses.NODE_STATUS, new NodeStatus("node-1", 2, 1, 5, false, Instant.parse("2026-01-02T03:04:05Z"), null));
            assertThat(browser.nextOf("queue").getMap())
                    .containsEntry("type", "node_status")
                    .containsEntry("node", "node-1")
                    .containsEntry("slots", 2)
                    .containsEntry("busy", 1)
                    .containsEntry("queued", 5);
        }
    }

    @Test
    void changesOfAgentsAreTold() throws Exception {
        UUID agent = UUID.randomUUID();
        try (BridgeConnection browser = watcherOf("agents")) {
            node.bus.publish(
                    Addresses.AGENT_EVENTS,
                    new AgentChanged(agent, StoredTask.TENANT, "hello", 2, "", false, Instant.parse("2026-01-02T03:04:05Z")));
            assertThat(browser.nextOf("agents").getMap())
                    .containsEntry("type", "agent_update")
                    .containsEntry("agent_id", agent.toString())
                    .containsEntry("name", "hello")
                    .containsEntry("deleted", false);
        }
    }

    @Test
    void theQueueAndTheAgentsTellNothingOfAnotherTenant() throws Exception {
        StoredTask own = node.queuedTask();
        try (BridgeConnection browser = watcherOf("queue", "agents")) {
            Instant now = Instant.parse("2026-01-02T03:04:05Z");
            node.publish(StoredTask.ofStranger().start(), own.start());
            assertThat(browser.nextOf("queue").getString("task_id")).isEqualTo(own.id.toString());
            node.bus.publish(
                    Addresses.AGENT_EVENTS, new AgentChanged(UUID.randomUUID(), StoredTask.TENANT + 1, "theirs", 2, "", false, now));
            node.bus.publish(
                    Addresses.AGENT_EVENTS, new AgentChanged(UUID.randomUUID(), StoredTask.TENANT, "ours", 2, "", false, now));
            assertThat(browser.nextOf("agents").getString("name")).isEqualTo("ours");
        }
    }

    @Test
    void aClientThatReturnsIsToldWhatItMissed() throws Exception {
        StoredTask task = node.queuedTask();
        String address = "tasks." + task.id;
        task.start();
        String last;
        try (BridgeConnection browser = BridgeConnection.sockJs(node)) {
            browser.register(address);
            browser.nextOf(address);
            node.publish(task.write(STDOUT, 0, "one "));
            last = browser.next().getJsonObject("headers").getString("last-event-id");
        }
        assertThat(last).isEqualTo("2:4:0");
        task.written(STDOUT, "one two");
        task.complete();
        try (BridgeConnection browser = BridgeConnection.raw(node)) {
            browser.register(address, "last-event-id", last);
            assertThat(browser.nextOf(address).getMap()).containsEntry("offset", 4).containsEntry("text", "two");
            assertThat(browser.nextOf(address).getMap()).containsEntry("stream", "stdout").containsEntry("end", true);
            assertThat(browser.nextOf(address).getMap()).containsEntry("stream", "stderr").containsEntry("end", true);
            assertThat(browser.nextOf(address).getMap()).containsEntry("status", "completed").containsEntry("seq", 3);
        }
    }

    @Test
    void aLostEventIsMadeUpForByTheNext() throws Exception {
        StoredTask task = node.queuedTask();
        String address = "tasks." + task.id;
        try (BridgeConnection browser = BridgeConnection.raw(node)) {
            browser.register(address);
            assertThat(browser.nextOf(address).getString("status")).isEqualTo("queued");
            task.start();
            node.publish(task.retry());
            assertThat(browser.nextOf(address).getString("status")).isEqualTo("running");
            browser.next();
            browser.next();
            assertThat(browser.nextOf(address).getString("status")).isEqualTo("retrying");
        }
    }

    @Test
    void whoRegistersTwiceHearsOnce() throws Exception {
        StoredTask task = node.queuedTask();
        StoredTask other = node.queuedTask();
        String address = "tasks." + task.id;
        try (BridgeConnection browser = BridgeConnection.raw(node)) {
            browser.register(address);
            browser.register(address);
            browser.register("tasks." + other.id);
            browser.nextOf(address);
            browser.nextOf("tasks." + other.id);
            node.publish(task.start(), other.start());
            browser.nextOf(address);
            browser.nextOf("tasks." + other.id);
        }
    }

    @Test
    void aPingOnAPlainWebSocketIsAnswered() throws Exception {
        try (BridgeConnection browser = BridgeConnection.raw(node)) {
            browser.send(new JsonObject().put("type", "ping"));
            assertThat(browser.next()).isEqualTo(new JsonObject().put("type", "pong"));
        }
    }

    @Test
    void theClientLibraryIsServedByTheNodeItself() throws Exception {
        HttpResponse<String> library = get("/webjars/sockjs-client/1.6.1/dist/sockjs.min.js");
        assertThat(library.statusCode()).isEqualTo(200);
        assertThat(library.body()).contains("SockJS");
    }

    @Test
    void theBridgeGreetsAtItsAddress() throws Exception {
        assertThat(get("/eventbus").body()).isEqualTo("Welcome to SockJS!\n");
        assertThat(get("/eventbus/").body()).isEqualTo("Welcome to SockJS!\n");
    }

    @Test
    void aBrowserWithoutWebSocketsListensByPolling() throws Exception {
        StoredTask task = node.queuedTask();
        String registration = new JsonObject().put("type", "register").put("address", "tasks." + task.id).encode();
        assertThat(post("/eventbus/000/polling1/xhr", "").body()).isEqualTo("o\n");
        assertThat(post("/eventbus/000/polling1/xhr_send", new JsonArray().add(registration).encode()).statusCode()).isEqualTo(204);
        String frame = post("/eventbus/000/polling1/xhr", "").body();
        JsonObject message = new JsonObject(new JsonArray(frame.substring(1)).getString(0));
        assertThat(message.getJsonObject("body").getString("status")).isEqualTo("queued");
    }

    @Test
    void aStoppingNodeClosesItsSockets() throws Exception {
        try (BridgeConnection raw = watcherOf("agents");
                BridgeConnection sockJs = BridgeConnection.sockJs(node)) {
            StoredTask task = node.queuedTask();
            sockJs.register("tasks." + task.id);
            sockJs.next();
            node.undeploy();
            raw.awaitClose();
            sockJs.awaitClose();
        }
        assertThat(node.metrics.clients(Transport.SOCKJS)).isZero();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + node.port + path);
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        // Browsers speak HTTP/2 only with TLS.
        try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    /** A client whose registrations are known to be there: they take effect in order, and that of a task is answered. */
    private BridgeConnection watcherOf(String... addresses) throws InterruptedException {
        StoredTask task = node.queuedTask();
        BridgeConnection browser = BridgeConnection.raw(node);
        for (String address : addresses) {
            browser.register(address);
        }
        browser.register("tasks." + task.id);
        browser.nextOf("tasks." + task.id);
        return browser;
    }
}
