package io.zerostate.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerostate.queue.QueueOperation.Adopt;
import io.zerostate.queue.QueueOperation.Elapse;
import io.zerostate.queue.QueueOperation.Heartbeat;
import io.zerostate.queue.QueueOperation.Lease;
import io.zerostate.queue.QueueOperation.Offer;
import io.zerostate.queue.QueueOperation.Reap;
import io.zerostate.queue.QueueOperation.Release;
import io.zerostate.queue.QueueOperation.Requeue;
import io.zerostate.queue.QueueOperation.Withdraw;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;

/** Any history of a few tasks, told to a queue and to a plain one. An adapter's test extends this. */
public abstract class TaskQueueHistories {
    protected static final String NODE = "node-1";
    protected static final Duration LEASE = Duration.ofSeconds(15);

    private static final int TASKS = 5;
    private static final List<UUID> ALL = IntStream.range(0, TASKS).mapToObj(QueueOperation::id).toList();

    /** A fresh queue of {@link #NODE}, whose time stands still unless told to go on. */
    protected interface QueueInTime {
        TaskQueue queue();

        Instant now();

        void elapse(Duration time);
    }

    /** How long an adopted lease of the adapter lasts. */
    protected abstract Duration adopted();

    protected final void answersAsThePlainOneDoes(QueueInTime subject, List<QueueOperation> history) {
        TaskQueue queue = subject.queue();
        PlainQueue plain = new PlainQueue(NODE, LEASE, adopted());
        for (QueueOperation operation : history) {
            if (operation instanceof Elapse(int seconds)) {
                subject.elapse(Duration.ofSeconds(seconds));
            }
            Instant now = subject.now();
            assertThat(operation.apply(queue, now)).as("%s", operation).isEqualTo(plain.apply(operation, now));
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
