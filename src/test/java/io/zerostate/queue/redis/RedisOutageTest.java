package io.zerostate.queue.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.zerostate.bus.QueueEntry;
import io.zerostate.config.RedisSettings;
import io.zerostate.postgres.Answers;
import io.zerostate.task.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Redis of its own for each test, which is taken away and brought back. */
class RedisOutageTest {
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final QueueEntry entry = new QueueEntry(UUID.randomUUID(), 2, Instant.EPOCH);

    private Vertx vertx;
    private Patience patience;
    private TestRedis redis;
    private RedisTaskQueue queue;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        patience = new Patience(vertx);
        redis = TestRedis.start();
        queue = queueThatWaits(redis.settings().timeout());
    }

    @AfterEach
    void close() {
        Answers.of(queue.close());
        Answers.of(vertx.close());
        redis.close();
    }

    private RedisTaskQueue queueThatWaits(Duration timeout) {
        RedisSettings settings = redis.settings();
        return RedisTaskQueue.connect(
                vertx, new RedisSettings(settings.urls(), "", "", "", "zs", timeout), "node-1", LEASE);
    }

    private String failureOf(Future<?> call) {
        assertThat(Answers.refusalOf(call)).isEqualTo(ErrorCode.UNAVAILABLE);
        return catchThrowable(() -> Answers.of(call)).getMessage();
    }

    @Test
    void aScriptThatRedisForgotIsSentAgain() {
        Answers.of(queue.offer(List.of(entry)));
        redis.command("SCRIPT", "FLUSH");

        assertThat(Answers.of(queue.lease(1))).containsExactly(entry);
        assertThat(Answers.of(queue.heartbeat(List.of(entry.taskId())))).isEmpty();
    }

    @Test
    void whatRedisForgotIsMissingAndCanBeToldAgain() {
        Answers.of(queue.offer(List.of(entry)));
        redis.command("FLUSHALL");

        assertThat(Answers.of(queue.missing(List.of(entry.taskId())))).containsExactly(entry.taskId());
        assertThat(Answers.of(queue.lease(1))).isEmpty();
        Answers.of(queue.offer(List.of(entry)));
        assertThat(Answers.of(queue.lease(1))).containsExactly(entry);
    }

    @Test
    void whileRedisIsAwayCallsFailAtOnceAndAfterItsRestartTheyWorkByThemselves() {
        Answers.of(queue.offer(List.of(entry)));
        redis.kill();
        for (Supplier<Future<?>> call : List.<Supplier<Future<?>>>of(
                queue::check,
                () -> queue.lease(1),
                () -> queue.offer(List.of(entry)),
                () -> queue.awaitWork(LONG),
                () -> queue.release(entry.taskId()),
                () -> queue.heartbeat(List.of(entry.taskId())),
                () -> queue.heartbeat(List.of()))) {
            assertThat(failureOf(call.get())).startsWith("Redis at 127.0.0.1:" + redis.port());
        }
        assertThat(failureOf(queue.check())).contains("cannot be reached: Connection refused");

        redis.startAgain();
        patience.untilSucceeded(queue::check);
        assertThat(Answers.of(queue.lease(1))).isEmpty();
        Answers.of(queue.offer(List.of(entry)));
        assertThat(Answers.of(queue.lease(1))).containsExactly(entry);
    }

    @Test
    void aConnectionThatBrokeWhileNothingWasSentIsReplacedByTheNextCall() {
        Answers.of(queue.check());
        redis.command("CLIENT", "KILL", "TYPE", "normal");
        patience.until(() -> connections() == 0);

        patience.untilSucceeded(queue::check);
        assertThat(connections()).isEqualTo(1);
    }

    @Test
    void whoeverWaitsForWorkHearsThatRedisWentAwayAndCanWaitAgainAfterwards() {
        Future<Void> work = queue.awaitWork(LONG);
        untilSomebodyWaits();
        redis.kill();
        assertThat(failureOf(work)).startsWith("Redis at");

        redis.startAgain();
        patience.untilSucceeded(queue::check);
        Future<Void> later = queue.awaitWork(LONG);
        untilSomebodyWaits();
        assertThat(later.isComplete()).isFalse();
        Answers.of(queue.offer(List.of(entry)));
        Answers.of(later);
    }

    private void untilSomebodyWaits() {
        patience.until(() -> redis.blocked() == 1);
    }

    @Test
    void aRedisThatHangsIsGivenUpAfterTheTimeout() {
        RedisTaskQueue impatient = queueThatWaits(Duration.ofMillis(500));
        patience.untilSucceeded(impatient::check);
        redis.pause();
        assertThat(failureOf(impatient.lease(1))).endsWith("did not answer within 500 ms");
        // Not even a new connection is answered now: the kernel accepts it, and Redis says nothing.
        assertThat(failureOf(impatient.awaitWork(LONG))).startsWith("Redis at 127.0.0.1:" + redis.port());
        redis.resume();

        patience.untilSucceeded(impatient::check);
        Answers.of(impatient.close());
    }

    @Test
    void callsBeyondWhatMayWaitFailAtOnceAndTheOthersAreAnswered() {
        RedisTaskQueue patient = queueThatWaits(LONG);
        Answers.of(patient.check());
        redis.pause();
        List<Future<Long>> calls = IntStream.range(0, RedisLink.MOST_CALLS + 10).mapToObj(i -> patient.depth()).toList();
        calls.subList(RedisLink.MOST_CALLS, calls.size())
                .forEach(call -> assertThat(failureOf(call)).contains("is too slow"));
        redis.resume();

        Answers.ofAll(calls.subList(0, RedisLink.MOST_CALLS));
        Answers.of(patient.close());
    }

    @Test
    void aClosedQueueHasNoConnectionsAndFailsWhatWaitsAndWhatComes() {
        Future<Void> work = queue.awaitWork(LONG);
        untilSomebodyWaits();
        assertThat(connections()).isEqualTo(2);
        Answers.of(queue.close());

        assertThat(failureOf(work)).startsWith("Redis at");
        assertThat(failureOf(queue.check())).contains("not used any more");
        patience.until(() -> connections() == 0);
    }

    @Test
    void howeverOftenSomebodyWaitsThereAreTwoConnections() {
        for (int i = 0; i < 30; i++) {
            Future<Void> work = queue.awaitWork(i % 2 == 0 ? LONG : Duration.ofMillis(3));
            Future<Void> another = queue.awaitWork(LONG);
            // Each of them wakes one who waits.
            Answers.of(queue.offer(List.of(entry, new QueueEntry(UUID.randomUUID(), 2, Instant.EPOCH))));
            Answers.of(work);
            Answers.of(another);
            Answers.of(queue.lease(2)).forEach(leased -> Answers.of(queue.release(leased.taskId())));
        }
        assertThat(connections()).isEqualTo(2);
    }

    private long connections() {
        // One is that of the question.
        return redis.clients().size() - 1;
    }
}
