package io.zerostate.queue.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.zerostate.queue.TaskQueue;
import io.zerostate.queue.local.QueueOperation.Adopt;
import io.zerostate.queue.local.QueueOperation.Elapse;
import io.zerostate.queue.local.QueueOperation.Heartbeat;
import io.zerostate.queue.local.QueueOperation.Lease;
import io.zerostate.queue.local.QueueOperation.Offer;
import io.zerostate.queue.local.QueueOperation.Reap;
import io.zerostate.queue.local.QueueOperation.Release;
import io.zerostate.queue.local.QueueOperation.Requeue;
import io.zerostate.queue.local.QueueOperation.Withdraw;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class LocalTaskQueuePropertyTest {
    private static final String NODE = "node-1";
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final int TASKS = 5;
    private static final List<UUID> ALL = IntStream.range(0, TASKS).mapToObj(QueueOperation::id).toList();

    private static Vertx vertx;

    @BeforeContainer
    static void open() {
        vertx = Vertx.vertx();
    }

    @AfterContainer
    static void close() {
        vertx.close().await();
    }

    @Property(tries = 2_000)
    void afterAnyHistoryTheQueueAnswersAsThePlainOneDoes(@ForAll("histories") List<QueueOperation> history) {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        TaskQueue queue = new LocalTaskQueue(vertx, NODE, LEASE, now::get);
        PlainQueue plain = new PlainQueue(NODE, LEASE);
        for (QueueOperation operation : history) {
            if (operation instanceof Elapse(int seconds)) {
                now.set(now.get().plusSeconds(seconds));
            }
            assertThat(operation.apply(queue, now.get())).as("%s", operation).isEqualTo(plain.apply(operation, now.get()));
            assertThat(queue.depth().await()).isEqualTo(plain.depth());
            assertThat(queue.missing(ALL).await())
                    .isEqualTo(ALL.stream().filter(task -> !plain.isKnown(task)).toList());
        }
    }

    @Provide
    Arbitrary<List<QueueOperation>> histories() {
        Arbitrary<Integer> task = Arbitraries.integers().between(0, TASKS - 1);
        Arbitrary<Integer> rank = Arbitraries.integers().between(-1, 1);
        Arbitrary<Integer> delay = Arbitraries.integers().between(-2, 5);
        return Arbitraries.<QueueOperation>oneOf(
                        Combinators.combine(task, rank, delay).as(Offer::new),
                        Arbitraries.integers().between(1, 3).map(Lease::new),
                        task.list().uniqueElements().map(Heartbeat::new),
                        task.map(Release::new),
                        Combinators.combine(task, rank, delay).as(Requeue::new),
                        Arbitraries.just(new Reap()),
                        Combinators.combine(task, Arbitraries.of(NODE, "node-gone")).as(Adopt::new),
                        task.map(Withdraw::new),
                        Arbitraries.integers().between(1, 20).map(Elapse::new))
                .list()
                .ofMaxSize(40);
    }
}
