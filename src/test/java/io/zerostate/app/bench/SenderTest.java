package io.zerostate.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.zerostate.app.bench.Submitted.Refusal;
import io.zerostate.task.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SenderTest {
    private static final long MILLI = Duration.ofMillis(1).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** One request takes a millisecond. */
    private static final LongUnaryOperator QUICK = sentAt -> sentAt + MILLI;

    /** The same, but for one second nothing is answered. */
    private static final LongUnaryOperator STALLING =
            sentAt -> sentAt >= SECOND && sentAt < 2 * SECOND ? 2 * SECOND : sentAt + MILLI;

    private final VirtualTime time = new VirtualTime();
    private final Measurement measurement = new Measurement(new Random(1));
    private final Outstanding outstanding = new Outstanding(measurement);
    private final List<Long> sentAt = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private int underWay;
    private int mostUnderWay;

    /** @param answersAt when a request is answered that was sent at a time */
    private Future<Void> send(LoadPlan plan, LongUnaryOperator answersAt) {
        Future<Void> done = new Sender(plan, time, tasks -> accept(tasks, answersAt), outstanding, measurement).send();
        time.pass();
        return done;
    }

    private Future<Submitted> accept(int tasks, LongUnaryOperator answersAt) {
        sentAt.add(time.nanos());
        sizes.add(tasks);
        underWay++;
        mostUnderWay = Math.max(mostUnderWay, underWay);
        List<UUID> ids = IntStream.range(0, tasks).mapToObj(i -> new UUID(sentAt.size(), i)).toList();
        Promise<Submitted> answer = Promise.promise();
        time.at(answersAt.applyAsLong(time.nanos()), () -> {
            underWay--;
            answer.complete(new Submitted(ids, List.of()));
        });
        return answer.future();
    }

    private static LoadPlan steady(int tasks, double perSecond, int concurrency) {
        return new LoadPlan(tasks, Long.MAX_VALUE, concurrency, 1, new Pace.Steady(perSecond));
    }

    private static LoadPlan closed(int tasks, int concurrency, int batch) {
        return new LoadPlan(tasks, Long.MAX_VALUE, concurrency, batch, new Pace.AsAnswered());
    }

    @Test
    void aSteadyPaceDoesNotWaitForAnswers() {
        assertThat(send(steady(100, 50, 1_000), sent -> sent + 60 * SECOND).succeeded()).isTrue();
        List<Long> expected = IntStream.range(0, 100).mapToObj(i -> i * SECOND / 50).toList();
        assertThat(sentAt).isEqualTo(expected);
    }

    @Test
    void requestsThatAStallHeldUpAreMeasuredWithTheirWait() {
        send(steady(300, 100, 1), STALLING);
        LatencySummary submit = measurement.submit();
        assertThat(submit.count()).isEqualTo(300);
        // A third of them was due during the second: evenly from none of it to all of it is what they waited.
        assertThat(submit.p50()).isLessThan(2_000);
        assertThat(submit.p90()).isBetween(700_000L, 850_000L);
        assertThat(submit.max()).isBetween(999_000L, 1_002_000L);
    }

    @Test
    void inAClosedLoopAStallIsOneSlowRequest() {
        send(closed(3_000, 1, 1), STALLING);
        LatencySummary submit = measurement.submit();
        assertThat(submit.p99()).isLessThan(2_000);
        assertThat(submit.max()).isBetween(999_000L, 1_002_000L);
    }

    @Test
    void noMoreRequestsThanAllowedAreUnderWay() {
        send(closed(100, 7, 1), QUICK);
        assertThat(sentAt).hasSize(100);
        assertThat(mostUnderWay).isEqualTo(7);
    }

    @Test
    void theLastBatchHasWhatIsLeft() {
        send(closed(250, 2, 100), QUICK);
        assertThat(sizes).containsExactly(100, 100, 50);
        assertThat(measurement.counts().accepted()).isEqualTo(250);
        assertThat(measurement.submit().count()).as("answers").isEqualTo(3);
    }

    @Test
    void nothingIsSentAfterTheTime() {
        send(new LoadPlan(Long.MAX_VALUE, 2 * SECOND, 1, 1, new Pace.Steady(10)), QUICK);
        assertThat(sentAt).hasSize(20);
    }

    @Test
    void aLoadOfNothingIsDoneAtOnce() {
        assertThat(send(closed(0, 5, 1), QUICK).succeeded()).isTrue();
        assertThat(sentAt).isEmpty();
    }

    @Test
    void nothingIsSentWhileTooManyTasksHaveNotEnded() {
        IntStream.range(0, Outstanding.MOST).forEach(i -> outstanding.accepted(new UUID(-1, i), 0));
        time.at(SECOND, () -> outstanding.ended(new UUID(-1, 0), TaskState.COMPLETED, SECOND));
        send(closed(1, 1, 1), QUICK);
        assertThat(sentAt).first().satisfies(at -> assertThat(at).isBetween(SECOND, SECOND + 11 * MILLI));
    }

    @Test
    void whatIsRefusedIsCountedByKindAndNotTimed() {
        Refusal full = new Refusal("TOO_MANY_REQUESTS", "the line is full");
        Future<Void> done = new Sender(
                        closed(10, 2, 5),
                        time,
                        tasks -> Future.succeededFuture(new Submitted(List.of(), Collections.nCopies(tasks, full))),
                        outstanding,
                        measurement)
                .send();
        assertThat(done.succeeded()).isTrue();
        assertThat(measurement.refused()).containsOnly(Map.entry("TOO_MANY_REQUESTS", 10L));
        assertThat(measurement.refusal()).isEqualTo("the line is full");
        assertThat(measurement.submit().count()).isZero();
    }

    @Test
    void aStoppedLoadIsDoneWithWhatIsUnderWay() {
        List<Sender> senders = new ArrayList<>();
        senders.add(new Sender(steady(1_000, 10, 5), time, tasks -> accept(tasks, QUICK), outstanding, measurement));
        time.at(SECOND + MILLI / 2, senders.getFirst()::stop);
        Future<Void> done = senders.getFirst().send();
        time.pass();
        assertThat(done.succeeded()).isTrue();
        assertThat(sentAt).hasSize(11);
    }
}
