package io.zerostate.push;

import static io.zerostate.task.OutputStreamName.STDERR;
import static io.zerostate.task.OutputStreamName.STDOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import io.zerostate.bus.TaskEvent;
import io.zerostate.bus.TaskFound;
import io.zerostate.metrics.PushMetrics.Transport;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TaskEventStreamTest {
    private static final PushLimits QUICK = new PushLimits(20, 100, 1 << 20, 1_000, Duration.ofMillis(50), Duration.ofSeconds(30));

    private final LiveNode node = new LiveNode(QUICK);

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void aStreamStartsWithTheCurrentStateAndEndsAfterTheLast() throws Exception {
        StoredTask task = node.queuedTask();
        try (SseConnection stream = SseConnection.ofTask(node, task)) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.header("content-type")).isEqualTo("text/event-stream");
            SseConnection.Event first = stream.next();
            assertThat(first.name()).isEqualTo("task_update");
            assertThat(first.id()).isEqualTo("1");
            assertThat(first.data().getMap())
                    .containsEntry("type", "task_update")
                    .containsEntry("task_id", task.id.toString())
                    .containsEntry("status", "queued")
                    .containsEntry("attempt", 0)
                    .containsEntry("query", "the title")
                    .containsEntry("progress", 0)
                    .containsEntry("at", "2026-01-02T03:04:06Z")
                    .containsEntry("seq", 1)
                    .containsKey("message");

            node.publish(task.start());
            assertThat(stream.nextStatus()).isEqualTo("running");
            node.publish(task.complete());
            assertThat(statuses(stream.untilEnd())).containsExactly("completed");
        }
        assertThat(node.metrics.clients(Transport.SSE)).isZero();
    }

    @Test
    void outputStreamsAsItIsWrittenWithItsOffset() throws Exception {
        StoredTask task = node.queuedTask();
        task.start();
        try (SseConnection stream = SseConnection.ofTask(node, task)) {
            assertThat(stream.nextStatus()).isEqualTo("running");
            node.publish(task.write(STDOUT, 100, "Hello "), task.write(STDERR, 0, "careful"), task.write(STDOUT, 106, "world"));
            node.publish(task.complete());
            assertThat(stream.untilEnd())
                    .filteredOn(event -> event.name().equals("task_output"))
                    .extracting(TaskEventStreamTest::told)
                    .containsExactly(
                            "stdout 100 Hello ", "stderr 0 careful", "stdout 106 world", "stdout 111 end", "stderr 7 end");
        }
    }

    @Test
    void aChangeBetweenTheAnswerAndTheFirstEventIsNeitherLostNorToldTwice() throws Exception {
        StoredTask task = node.queuedTask();
        TaskFound queued = task.found();
        Promise<TaskFound> answer = Promise.promise();
        CountDownLatch asked = new CountDownLatch(1);
        node.answerFindsWith(question -> {
            asked.countDown();
            return answer.future();
        });
        Thread.ofVirtual().start(() -> {
            try {
                asked.await();
                TaskEvent.Changed running = task.start();
                node.publish(running, task.write(STDOUT, 0, "early"), running, task.complete());
                // Local delivery is in order: what was published is heard before this answer.
                node.vertx.runOnContext(v -> answer.complete(queued));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try (SseConnection stream = SseConnection.ofTask(node, task)) {
            assertThat(stream.untilEnd())
                    .filteredOn(event -> !event.data().containsKey("end"))
                    .extracting(event -> event.data().getString("status", event.data().getString("text")))
                    .containsExactly("queued", "running", "early", "completed");
        }
    }

    @Test
    void aClientThatReturnsHearsEachStateAfterTheOneItKnows() throws Exception {
        StoredTask task = node.queuedTask();
        task.start();
        task.retry();
        task.start();
        try (SseConnection stream = SseConnection.ofTask(node, task, "Last-Event-ID", "1")) {
            assertThat(stream.next(5))
                    .filteredOn(event -> event.name().equals("task_update"))
                    .extracting(event -> event.id() + " " + event.data().getString("status") + " " + event.data().getInteger("attempt"))
                    .containsExactly("2 running 1", "3 retrying 1", "4 running 2");
            node.publish(task.complete());
            assertThat(stream.untilEnd().getLast().id()).isEqualTo("5");
        }
    }

    @Test
    void whoComesToARunningTaskIsToldWhatItHasWrittenAndThenWhatItWrites() throws Exception {
        StoredTask task = node.queuedTask();
        task.start();
        task.written(STDOUT, "one two three ").written(STDERR, "careful");
        try (SseConnection stream = SseConnection.ofTask(node, task)) {
            assertThat(stream.nextStatus()).isEqualTo("running");
            assertThat(outputOf(stream.next(3))).isEqualTo("stdout one two three stderr careful");
            // What was read already comes again, as the node sends it to all: only the rest is new.
            node.publish(task.write(STDOUT, 8, "three four"));
            assertThat(told(stream.next())).isEqualTo("stdout 14 four");
        }
    }

    @Test
    void whatIsWrittenWhileTheClientCatchesUpIsToldOnceAndInOrder() throws Exception {
        StoredTask task = node.queuedTask();
        task.start();
        task.written(STDOUT, "one two three ");
        node.answerFindsWith(question -> {
            node.publish(task.write(STDOUT, 8, "three "), task.write(STDOUT, 14, "four"));
            return node.find(question);
        });
        try (SseConnection stream = SseConnection.ofTask(node, task)) {
            assertThat(stream.nextStatus()).isEqualTo("running");
            assertThat(outputOf(stream.next(3))).isEqualTo("stdout one two three four");
        }
    }

    @Test
    void aClientThatReturnsToARunningTaskIsToldTheOutputItMissed() throws Exception {
        StoredTask task = node.queuedTask();
        task.start();
        task.written(STDOUT, "one two").written(STDERR, "careful");
        try (SseConnection stream = SseConnection.ofTask(node, task, "Last-Event-ID", "2:4:7")) {
            SseConnection.Event missed = stream.next();
            assertThat(told(missed)).isEqualTo("stdout 4 two");
            assertThat(missed.id()).isEqualTo("2:7:7");
        }
    }

    @Test
    void aClientThatReturnsToAnEndedTaskIsToldTheRestOfItsResultAndItsEnd() throws Exception {
        StoredTask task = node.queuedTask();
        task.start();
        task.written(STDOUT, "one two").written(STDERR, "careful");
        task.complete();
        try (SseConnection stream = SseConnection.ofTask(node, task, "Last-Event-ID", "2:4:0")) {
            List<SseConnection.Event> rest = stream.untilEnd();
            assertThat(rest).extracting(TaskEventStreamTest::told)
                    .containsExactly("stdout 4 two", "stderr 0 careful", "stdout 7 end", "stderr 7 end", "completed");
            assertThat(rest).extracting(SseConnection.Event::id)
                    .containsExactly("2:7:0", "2:7:7", "2:7:7", "2:7:7", "3");
        }
    }

    @Test
    void outputOfAnAttemptThatTheClientNeverSawComesWithTheResultOfThatAttempt() throws Exception {
        StoredTask task = node.queuedTask();
        task.start();
        task.retry();
        task.start();
        task.written(STDOUT, "again");
        task.complete();
        try (SseConnection stream = SseConnection.ofTask(node, task, "Last-Event-ID", "2:100:0")) {
            assertThat(stream.untilEnd()).extracting(TaskEventStreamTest::told)
                    .containsExactly(
                            "stdout 100 end", "stderr 0 end", "retrying", "running",
                            "stdout 0 again", "stdout 5 end", "stderr 0 end", "completed");
        }
    }

    @Test
    void whoFollowedToTheEndCausesNoQuestionForTheResult() throws Exception {
        StoredTask task = node.queuedTask();
        try (SseConnection stream = SseConnection.ofTask(node, task)) {
            node.publish(task.start(), task.write(STDOUT, 0, "all"), task.complete());
            stream.untilEnd();
        }
        assertThat(node.resultsAsked).hasValue(0);
    }

    @Test
    void aClientHasItsShareOfConnectionsAndNoMore() throws Exception {
        StoredTask task = node.queuedTask();
        List<SseConnection> streams = new ArrayList<>();
        for (int i = 0; i < QUICK.connectionsPerClient(); i++) {
            streams.add(SseConnection.ofTask(node, task));
        }
        try (SseConnection oneTooMany = SseConnection.ofTask(node, task)) {
            assertThat(oneTooMany.status()).isEqualTo(429);
        }
        node.publish(task.start(), task.complete());
        for (SseConnection stream : streams) {
            stream.untilEnd();
            stream.close();
        }
        try (SseConnection later = SseConnection.ofTask(node, task)) {
            assertThat(later.status()).isEqualTo(200);
        }
    }

    @Test
    void aClientThatKnowsTheEndIsToldNotToComeBack() throws Exception {
        StoredTask task = node.queuedTask();
        task.start();
        task.complete();
        try (SseConnection stream = SseConnection.ofTask(node, task, "Last-Event-ID", "3")) {
            assertThat(stream.status()).isEqualTo(204);
        }
    }

    @Test
    void theStreamOfAnEndedTaskIsItsLastState() throws Exception {
        StoredTask task = node.queuedTask();
        task.cancelWhileWaiting();
        try (SseConnection stream = SseConnection.ofTask(node, task)) {
            assertThat(statuses(stream.untilEnd())).containsExactly("cancelled");
        }
    }

    @Test
    void aLostEventIsMadeUpForByTheNext() throws Exception {
        StoredTask task = node.queuedTask();
        try (SseConnection stream = SseConnection.ofTask(node, task)) {
            assertThat(stream.nextStatus()).isEqualTo("queued");
            task.start();
            node.publish(task.retry());
            assertThat(statuses(stream.next(4))).containsExactly("running", "retrying");
        }
    }

    @Test
    void aLostLastEventIsMadeUpForInSilence() throws Exception {
        StoredTask task = node.queuedTask();
        try (SseConnection stream = SseConnection.ofTask(node, task)) {
            assertThat(stream.nextStatus()).isEqualTo("queued");
            task.start();
            task.complete();
            assertThat(statuses(stream.untilEnd())).containsExactly("running", "completed");
        }
    }

    @Test
    void aSilentStreamIsKeptAliveByComments() throws Exception {
        try (SseConnection stream = SseConnection.ofTask(node, node.queuedTask())) {
            assertThat(stream.nextComment()).startsWith(":");
            assertThat(stream.nextComment()).startsWith(":");
        }
    }

    @Test
    void anOpenStreamOutlivesAStoreThatDoesNotAnswer() throws Exception {
        StoredTask task = node.queuedTask();
        try (SseConnection stream = SseConnection.ofTask(node, task)) {
            assertThat(stream.nextStatus()).isEqualTo("queued");
            node.answerFindsWith(question -> Future.failedFuture(new RefusedException(ErrorCode.UNAVAILABLE, "down")));
            stream.nextComment();
            stream.nextComment();
            node.publish(task.start(), task.complete());
            assertThat(statuses(stream.untilEnd())).containsExactly("running", "completed");
        }
    }

    @Test
    void anUnknownTaskIsRefusedAsNotFound() throws Exception {
        try (SseConnection stream = new SseConnection(node, "/api/v1/tasks/" + UUID.randomUUID() + "/events")) {
            assertThat(stream.status()).isEqualTo(404);
        }
    }

    @Test
    void whatIsNoTaskIdOrNoEventIdIsRefused() throws Exception {
        try (SseConnection stream = new SseConnection(node, "/api/v1/tasks/1-2-3-4-5/events")) {
            assertThat(stream.status()).isEqualTo(400);
        }
        for (String id : List.of("yesterday", "-1", "2:3", "2:3:4:5", "2:-3:4", "99999999999999999999")) {
            try (SseConnection stream = SseConnection.ofTask(node, node.queuedTask(), "Last-Event-ID", id)) {
                assertThat(stream.status()).as(id).isEqualTo(400);
            }
        }
    }

    @Test
    void theStreamOfAllTasksStartsWithThoseThereAreAndTellsStatesWithoutOutput() throws Exception {
        StoredTask one = node.queuedTask();
        StoredTask other = node.queuedTask();
        try (SseConnection stream = new SseConnection(node, "/api/v1/events")) {
            assertThat(List.of(stream.next(), stream.next()))
                    .extracting(event -> event.data().getString("task_id") + event.data().getString("status"))
                    .containsExactly(one.id + "queued", other.id + "queued");
            node.publish(one.start(), one.write(STDOUT, 0, "text"), other.start(), one.complete());
            assertThat(List.of(stream.next(), stream.next(), stream.next()))
                    .extracting(event -> event.data().getString("task_id") + event.data().getString("status"))
                    .containsExactly(one.id + "running", other.id + "running", one.id + "completed");
        }
    }

    @Test
    void theStreamOfAllTasksTellsNothingOfAnotherTenant() throws Exception {
        StoredTask own = node.queuedTask();
        try (SseConnection stream = new SseConnection(node, "/api/v1/events")) {
            stream.next();
            node.publish(StoredTask.ofStranger().start(), own.start());
            assertThat(stream.next().data().getString("task_id")).isEqualTo(own.id.toString());
        }
    }

    @Test
    void aStoppingNodeEndsItsStreams() throws Exception {
        try (SseConnection stream = SseConnection.ofTask(node, node.queuedTask());
                SseConnection all = new SseConnection(node, "/api/v1/events")) {
            stream.next();
            all.next();
            node.undeploy();
            assertThat(stream.untilEnd()).isEmpty();
            assertThat(all.untilEnd()).isEmpty();
        }
    }

    private static List<String> statuses(List<SseConnection.Event> events) {
        return events.stream()
                .filter(event -> event.name().equals("task_update"))
                .map(event -> event.data().getString("status"))
                .toList();
    }

    /** A state, or a piece of output with its place. */
    private static String told(SseConnection.Event event) {
        JsonObject data = event.data();
        return event.name().equals("task_update")
                ? data.getString("status")
                : data.getString("stream") + " " + data.getInteger("offset") + " "
                        + (data.getBoolean("end", false) ? "end" : data.getString("text"));
    }

    /** Each stream's name once, and what came of it, which has to be contiguous. */
    private static String outputOf(List<SseConnection.Event> events) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (SseConnection.Event event : events) {
            String before = texts.getOrDefault(event.data().getString("stream"), "");
            assertThat(event.data().getInteger("offset")).isEqualTo(before.length());
            texts.put(event.data().getString("stream"), before + event.data().getString("text"));
        }
        return String.join("", texts.entrySet().stream().map(stream -> stream.getKey() + " " + stream.getValue()).toList());
    }
}
