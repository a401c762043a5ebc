package io.zerostate.queue.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.zerostate.bus.QueueEntry;
import io.zerostate.postgres.Answers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who wakes when several nodes wait for work. */
class DoorbellTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private Vertx vertx;
    private TestRedis redis;
    private List<RedisTaskQueue> nodes;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        redis = TestRedis.start();
        TestQueues queues = new TestQueues(vertx, redis);
        nodes = Stream.of("node-1", "node-2", "node-3").map(queues::of).toList();
    }

    @AfterEach
    void close() {
        nodes.forEach(node -> Answers.of(node.close()));
        Answers.of(vertx.close());
        redis.close();
    }

    private static List<QueueEntry> due(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new QueueEntry(UUID.randomUUID(), 2, Instant.EPOCH))
                .toList();
    }

    /** All nodes wait, in their order. */
    private List<Future<Void>> allWait() {
        List<Future<Void>> waits = nodes.stream()
                .map(node -> {
                    long before = redis.blocked();
                    Future<Void> wait = node.awaitWork(LONG);
                    untilBlocked(before + 1);
                    return wait;
                })
                .toList();
        assertThat(waits).noneMatch(Future::isComplete);
        return waits;
    }

    private void untilBlocked(long count) {
        new Patience(vertx).until(() -> redis.blocked() == count);
    }

    @Test
    void oneTaskWakesTheNodeThatHasWaitedLongest() {
        List<Future<Void>> waits = allWait();
        Answers.of(nodes.getLast().offer(due(1)));
        Answers.of(waits.getFirst());

        untilBlocked(2);
        assertThat(waits.subList(1, 3)).noneMatch(Future::isComplete);
    }

    @Test
    void manyTasksWakeAll() {
        List<Future<Void>> waits = allWait();
        Answers.of(nodes.getLast().offer(due(3)));

        Answers.ofAll(waits);
    }

    @Test
    void whatIsOfferedAgainUnchangedWakesNobody() {
        List<QueueEntry> later = List.of(new QueueEntry(UUID.randomUUID(), 2, Instant.parse("2200-01-01T00:00:00Z")));
        Answers.of(nodes.getFirst().offer(later));
        List<Future<Void>> waits = allWait();
        Answers.of(nodes.getFirst().offer(later));
        Answers.of(nodes.getFirst().check());

        assertThat(redis.blocked()).isEqualTo(3);
        assertThat(waits).noneMatch(Future::isComplete);
    }

    @Test
    void aTokenThatComesWhenNobodyWaitsHereAnyMoreWakesAnother() {
        RedisTaskQueue first = nodes.getFirst();
        Future<Void> ends = first.awaitWork(Duration.ofMillis(50));
        untilBlocked(1);
        Future<Void> goesOn = nodes.getLast().awaitWork(LONG);
        Answers.of(ends);
        Answers.of(first.offer(due(1)));

        Answers.of(goesOn);
    }

    @Test
    void tokensOfTasksThatAreGoneWakeNobodyLater() {
        Answers.of(nodes.getFirst().offer(due(5)));
        assertThat(Answers.of(nodes.getFirst().lease(10))).hasSize(5);

        allWait();
    }

    @Test
    void answersComeOnTheContextOfTheCaller() {
        Context context = vertx.getOrCreateContext();
        Promise<Context> seen = Promise.promise();
        context.runOnContext(ignored -> nodes.getFirst()
                .awaitWork(Duration.ofMillis(5))
                .compose(waited -> nodes.getFirst().lease(1))
                .onComplete(leased -> seen.complete(Vertx.currentContext())));

        assertThat(Answers.of(seen.future())).isSameAs(context);
    }
}
