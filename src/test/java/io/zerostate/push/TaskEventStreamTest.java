package io.zerostate.push;

import static io.zerostate.task.OutputStreamName.STDERR;
import static io.zerostate.task.OutputStreamName.STDOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.zerostate.bus.TaskEvent;
import io.zerostate.bus.TaskFound;
import io.zerostate.metrics.PushMetrics.Transport;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.RefusedException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TaskEventStreamTest {
    private static final PushLimits QUICK = new PushLimits(100, 1 << 20, 1_000, Duration.ofMillis(50), Duration.ofSeconds(30));

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
            assertThat(stream.untilEnd()).extracting(event -> event.data().getString("status")).containsExactly("completed");
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
                    .extracting(event -> event.data().getString("stream") + event.data().getInteger("offset")
                            + event.data().getString("text") + event.id())
                    .containsExactly("stdout100Hello ", "stderr0careful", "stdout106world");
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
            assertThat(List.of(stream.next(), stream.next(), stream.next()))
                    .extracting(event -> event.id() + " " + event.data().getString("status") + " " + event.data().getInteger("attempt"))
                    .containsExactly("2 running 1", "3 retrying 1", "4 running 2");
            node.publish(task.complete());
            assertThat(stream.untilEnd()).extracting(SseConnection.Event::id).containsExactly("5");
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
            assertThat(stream.untilEnd()).extracting(event -> event.data().getString("status")).containsExactly("cancelled");
        }
    }

    @Test
    void aLostEventIsMadeUpForByTheNext() throws Exception {
        StoredTask task = node.queuedTask();
        try (SseConnection stream = SseConnection.ofTask(node, task)) {
            assertThat(stream.nextStatus()).isEqualTo("queued");
            task.start();
            node.publish(task.retry());
            assertThat(stream.nextStatus()).isEqualTo("running");
            assertThat(stream.nextStatus()).isEqualTo("retrying");
        }
    }

    @Test
    void aLostLastEventIsMadeUpForInSilence() throws Exception {
        StoredTask task = node.queuedTask();
        try (SseConnection stream = SseConnection.ofTask(node, task)) {
            assertThat(stream.nextStatus()).isEqualTo("queued");
            task.start();
            task.complete();
            assertThat(stream.untilEnd()).extracting(event -> event.data().getString("status")).containsExactly("running", "completed");
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
            assertThat(stream.untilEnd()).extracting(event -> event.data().getString("status")).containsExactly("running", "completed");
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
        try (SseConnection stream = SseConnection.ofTask(node, node.queuedTask(), "Last-Event-ID", "yesterday")) {
            assertThat(stream.status()).isEqualTo(400);
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
}
