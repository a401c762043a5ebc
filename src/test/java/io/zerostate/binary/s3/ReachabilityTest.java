package io.zerostate.binary.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.zerostate.binary.MissingBinaryException;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.RefusedException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReachabilityTest {
    private static final Throwable AWAY = new RefusedException(ErrorCode.UNAVAILABLE, "it is away");

    private final AtomicLong time = new AtomicLong(Long.MAX_VALUE - 1);
    private final Reachability reachability = new Reachability(time::get);

    @Test
    void withoutAnAnswerEverybodyAsks() {
        assertThat(reachability.failure()).isNull();
        assertThat(reachability.isGood()).isFalse();
    }

    @Test
    void aGoodAnswerHoldsForAMoment() {
        reachability.watch(Future.succeededFuture());
        assertThat(reachability.isGood()).isTrue();
        passMillis(1_999);
        assertThat(reachability.isGood()).isTrue();
        passMillis(1);
        assertThat(reachability.isGood()).isFalse();
    }

    @Test
    void aFailureIsGivenToAllForAMomentAndThenOneTries() {
        reachability.watch(Future.failedFuture(AWAY));
        passMillis(1_999);
        assertThat(reachability.failure()).isSameAs(AWAY);
        passMillis(1);
        assertThat(reachability.failure()).as("of who tries").isNull();
        assertThat(reachability.failure()).as("of all others").isSameAs(AWAY);
        reachability.watch(Future.succeededFuture());
        assertThat(reachability.failure()).isNull();
        assertThat(reachability.isGood()).isTrue();
    }

    @Test
    void whoTriesInVainTellsAllOthers() {
        reachability.watch(Future.failedFuture(AWAY));
        passMillis(2_000);
        assertThat(reachability.failure()).isNull();
        Throwable later = new RefusedException(ErrorCode.UNAVAILABLE, "it is still away");
        reachability.watch(Future.failedFuture(later));
        assertThat(reachability.failure()).isSameAs(later);
    }

    @Test
    void thatSomethingIsMissingIsAnAnswer() {
        reachability.watch(Future.failedFuture(new MissingBinaryException("0".repeat(64))));
        assertThat(reachability.failure()).isNull();
        assertThat(reachability.isGood()).isTrue();
    }

    private void passMillis(long milliseconds) {
        time.addAndGet(TimeUnit.MILLISECONDS.toNanos(milliseconds));
    }
}
