package io.zerostate.queue;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.zerostate.bus.LoseTasks.LostLease;
import io.zerostate.bus.QueueEntry;
import io.zerostate.task.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link TaskQueue} promises. An adapter's test extends this. */
public abstract class TaskQueueContract {
    protected static final String NODE = "node-1";
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int NORMAL = Priority.NORMAL.rank();

    /** A fresh queue whose node is {@link #NODE}. */
    protected abstract TaskQueue queue();

    /** How long its leases last. */
    protected abstract Duration lease();

    /** The time of the queue. */
    protected abstract Instant now();

    /** Lets time pass. */
    protected abstract void elapse(Duration time);

    @Test
    void whatIsOfferedCanBeLeasedOnce() {
        QueueEntry entry = due(NORMAL);
        get(queue().offer(List.of(entry)));

        assertThat(get(queue().lease(5))).containsExactly(entry);
        assertThat(get(queue().lease(5))).isEmpty();
    }

    @Test
    void noMoreIsLeasedThanAskedFor() {
        get(queue().offer(List.of(due(NORMAL), due(NORMAL), due(NORMAL))));

        assertThat(get(queue().lease(2))).hasSize(2);
        assertThat(get(queue().depth())).isEqualTo(1);
    }

    @Test
    void lowerRanksComeFirstAndEqualRanksInTheOrderOfTheirTime() {
        Instant now = now();
        QueueEntry low = new QueueEntry(UUID.randomUUID(), Priority.LOW.rank(), now.minusSeconds(9));
        QueueEntry normalLater = new QueueEntry(UUID.randomUUID(), NORMAL, now.minusSeconds(1));
        QueueEntry normalEarlier = new QueueEntry(UUID.randomUUID(), NORMAL, now.minusSeconds(2));
        QueueEntry critical = new QueueEntry(UUID.randomUUID(), Priority.CRITICAL.rank(), now.minusSeconds(1));
        QueueEntry head = new QueueEntry(UUID.randomUUID(), Priority.HEAD_OF_LINE, now.minusSeconds(1));
        get(queue().offer(List.of(low, normalLater, normalEarlier, critical, head)));

        assertThat(get(queue().lease(5))).containsExactly(head, critical, normalEarlier, normalLater, low);
    }

    @Test
    void equalsLeaveInTheOrderOfTheirArrival() {
        Instant now = now();
        List<QueueEntry> entries = List.of(at(now), at(now), at(now), at(now));
        entries.forEach(entry -> get(queue().offer(List.of(entry))));

        assertThat(get(queue().lease(4))).isEqualTo(entries);
    }

    @Test
    void offeringAgainKeepsThePlaceInLine() {
        Instant now = now();
        QueueEntry first = at(now);
        QueueEntry second = at(now);
        get(queue().offer(List.of(first, second)));
        get(queue().offer(List.of(first)));

        assertThat(get(queue().depth())).isEqualTo(2);
        assertThat(get(queue().lease(2))).containsExactly(first, second);
    }

    @Test
    void offeringAgainChangesRankAndTime() {
        QueueEntry first = due(NORMAL);
        QueueEntry later = at(now().plus(LONG));
        QueueEntry promoted = new QueueEntry(later.taskId(), Priority.HEAD_OF_LINE, first.runAt());
        get(queue().offer(List.of(first, later)));
        get(queue().offer(List.of(promoted)));

        assertThat(get(queue().depth())).isEqualTo(2);
        assertThat(get(queue().lease(5))).containsExactly(promoted, first);
    }

    @Test
    void aLeasedTaskCannotBeOfferedAgain() {
        QueueEntry entry = leased();
        get(queue().offer(List.of(entry)));

        assertThat(get(queue().lease(1))).isEmpty();
        assertThat(get(queue().depth())).isZero();
    }

    @Test
    void aDelayedTaskIsNotLeasedBeforeItsTime() {
        QueueEntry entry = at(now().plus(LONG));
        get(queue().offer(List.of(entry)));

        assertThat(get(queue().lease(1))).isEmpty();
        assertThat(get(queue().depth())).isEqualTo(1);

        elapse(LONG);
        assertThat(get(queue().lease(1))).containsExactly(entry);
    }

    @Test
    void releaseEndsTheLeaseAndTheTaskIsUnknown() {
        QueueEntry entry = leased();
        get(queue().release(entry.taskId()));
        get(queue().release(entry.taskId()));

        assertThat(get(queue().missing(List.of(entry.taskId())))).containsExactly(entry.taskId());
    }

    @Test
    void aQueueThatForgotALeaseTakesItsOwnersWord() {
        UUID forgotten = UUID.randomUUID();

        assertThat(get(queue().heartbeat(List.of(forgotten)))).isEmpty();
        assertThat(get(queue().missing(List.of(forgotten)))).isEmpty();
        elapse(lease());
        assertThat(get(queue().reap(10))).containsExactly(new LostLease(forgotten, NODE));
    }

    @Test
    void whatStandsInLineIsNobodysLease() {
        QueueEntry ready = due(NORMAL);
        QueueEntry delayed = at(now().plus(LONG));
        get(queue().offer(List.of(ready, delayed)));

        assertThat(get(queue().heartbeat(List.of(ready.taskId(), delayed.taskId()))))
                .containsExactly(ready.taskId(), delayed.taskId());
        assertThat(get(queue().lease(5))).containsExactly(ready);
    }

    @Test
    void requeuePutsTheTaskInLineOnceAndOnlyWhileItIsLeased() {
        QueueEntry entry = leased();
        QueueEntry again = at(now().plus(LONG));
        QueueEntry retry = new QueueEntry(entry.taskId(), NORMAL, again.runAt());
        get(queue().requeue(retry));
        get(queue().requeue(retry));

        assertThat(get(queue().depth())).isEqualTo(1);
        assertThat(get(queue().lease(1))).isEmpty();
        elapse(LONG);
        assertThat(get(queue().lease(2))).containsExactly(retry);

        get(queue().release(entry.taskId()));
        get(queue().requeue(retry));
        assertThat(get(queue().depth())).isZero();
    }

    @Test
    void aRequeuedTaskTakesItsOldPlace() {
        Instant now = now();
        QueueEntry first = at(now.minusSeconds(2));
        get(queue().offer(List.of(first, at(now.minusSeconds(1)))));
        get(queue().lease(1));
        get(queue().requeue(first));

        assertThat(get(queue().lease(1))).containsExactly(first);
    }

    @Test
    void releaseLeavesAWaitingTaskInLine() {
        QueueEntry entry = due(NORMAL);
        get(queue().offer(List.of(entry)));
        get(queue().release(entry.taskId()));

        assertThat(get(queue().lease(1))).containsExactly(entry);
    }

    @Test
    void aRenewedLeaseIsNotReaped() {
        QueueEntry entry = leased();
        elapse(lease().dividedBy(2));
        assertThat(get(queue().heartbeat(List.of(entry.taskId())))).isEmpty();
        elapse(lease().dividedBy(2));

        assertThat(get(queue().reap(10))).isEmpty();
    }

    @Test
    void anExpiredLeaseIsReapedOnceAndItsOwnerHearsThatItIsLost() {
        QueueEntry entry = leased();
        assertThat(get(queue().reap(10))).isEmpty();
        elapse(lease());

        assertThat(get(queue().reap(10))).containsExactly(new LostLease(entry.taskId(), NODE));
        assertThat(get(queue().reap(10))).isEmpty();
        assertThat(get(queue().heartbeat(List.of(entry.taskId())))).containsExactly(entry.taskId());
        assertThat(get(queue().lease(1))).isEmpty();
    }

    @Test
    void aReaperThatStopsHalfWayLeavesTheTaskWithItsOwnersNameToTheNext() {
        QueueEntry entry = leased();
        elapse(lease());
        get(queue().reap(10));
        elapse(lease());

        assertThat(get(queue().reap(10))).containsExactly(new LostLease(entry.taskId(), NODE));
    }

    @Test
    void aReapedTaskCanBeRequeuedAndReleased() {
        QueueEntry again = leased();
        QueueEntry gone = leased();
        elapse(lease());
        assertThat(get(queue().reap(10))).hasSize(2);
        get(queue().requeue(again));
        get(queue().release(gone.taskId()));

        assertThat(get(queue().lease(5))).containsExactly(again);
        assertThat(get(queue().missing(List.of(gone.taskId())))).containsExactly(gone.taskId());
    }

    @Test
    void noMoreIsReapedThanAskedFor() {
        leased();
        leased();
        leased();
        elapse(lease());

        assertThat(get(queue().reap(2))).hasSize(2);
        assertThat(get(queue().reap(2))).hasSize(1);
    }

    @Test
    void anExpiredLeaseThatNobodyReapedCanStillBeRenewed() {
        QueueEntry entry = leased();
        elapse(lease());

        assertThat(get(queue().heartbeat(List.of(entry.taskId())))).isEmpty();
        assertThat(get(queue().reap(10))).isEmpty();
    }

    @Test
    void missingNamesOnlyWhatIsNeitherInLineNorLeased() {
        QueueEntry leased = leased();
        QueueEntry ready = due(NORMAL);
        QueueEntry delayed = at(now().plus(LONG));
        get(queue().offer(List.of(ready, delayed)));
        UUID unknown = UUID.randomUUID();

        assertThat(get(queue().missing(List.of(ready.taskId(), unknown, leased.taskId(), delayed.taskId()))))
                .containsExactly(unknown);
    }

    @Test
    void anAdoptedLeaseExpiresUnlessItsOwnerRenewsIt() {
        UUID renewed = UUID.randomUUID();
        UUID abandoned = UUID.randomUUID();
        get(queue().adopt(List.of(new LostLease(renewed, NODE), new LostLease(abandoned, "node-gone"))));
        assertThat(get(queue().heartbeat(List.of(renewed)))).isEmpty();
        elapse(lease().dividedBy(2));
        assertThat(get(queue().heartbeat(List.of(renewed)))).isEmpty();
        elapse(lease().dividedBy(2));

        assertThat(get(queue().reap(10))).containsExactly(new LostLease(abandoned, "node-gone"));
    }

    @Test
    void anotherNodesLeaseIsNotOurs() {
        UUID foreign = UUID.randomUUID();
        get(queue().adopt(List.of(new LostLease(foreign, "node-gone"))));

        assertThat(get(queue().heartbeat(List.of(foreign)))).containsExactly(foreign);
        get(queue().release(foreign));
        get(queue().requeue(new QueueEntry(foreign, NORMAL, now())));
        assertThat(get(queue().depth())).isZero();
        assertThat(get(queue().missing(List.of(foreign)))).isEmpty();
    }

    @Test
    void adoptingChangesNothingThatIsKnown() {
        QueueEntry ready = due(NORMAL);
        QueueEntry leased = leased();
        get(queue().offer(List.of(ready)));
        get(queue().adopt(List.of(new LostLease(ready.taskId(), "node-gone"), new LostLease(leased.taskId(), "node-gone"))));

        assertThat(get(queue().heartbeat(List.of(leased.taskId())))).isEmpty();
        assertThat(get(queue().lease(5))).containsExactly(ready);
    }

    @Test
    void withdrawForgetsWhoWaitsAndLeavesWhoIsLeased() {
        QueueEntry leased = leased();
        QueueEntry ready = due(NORMAL);
        QueueEntry delayed = at(now().plus(LONG));
        get(queue().offer(List.of(ready, delayed)));
        get(queue().withdraw(List.of(leased.taskId(), ready.taskId(), delayed.taskId(), UUID.randomUUID())));

        assertThat(get(queue().depth())).isZero();
        assertThat(get(queue().lease(5))).isEmpty();
        assertThat(get(queue().heartbeat(List.of(leased.taskId())))).isEmpty();
    }

    @Test
    void awaitWorkAnswersAtOnceWhereThereIsWork() {
        get(queue().offer(List.of(due(NORMAL))));

        get(queue().awaitWork(LONG));
    }

    @Test
    void awaitWorkAnswersWhenWorkArrives() {
        Future<Void> work = queue().awaitWork(LONG);
        assertThat(work.isComplete()).isFalse();
        get(queue().offer(List.of(due(NORMAL))));

        get(work);
    }

    @Test
    void awaitWorkAnswersWhenWorkFallsDue() {
        get(queue().offer(List.of(at(now().plusMillis(150)))));
        get(queue().awaitWork(LONG));

        assertThat(get(queue().lease(1))).hasSize(1);
    }

    @Test
    void awaitWorkHearsOfWorkThatFallsDueEarlierThanWhatItWaitsFor() {
        get(queue().offer(List.of(at(now().plus(LONG)))));
        Future<Void> work = queue().awaitWork(LONG);
        QueueEntry sooner = at(now().plusMillis(100));
        get(queue().offer(List.of(sooner)));
        get(work);
        get(queue().awaitWork(LONG));

        assertThat(get(queue().lease(1))).containsExactly(sooner);
    }

    @Test
    void awaitWorkAnswersWhenATaskIsRequeued() {
        QueueEntry entry = leased();
        Future<Void> work = queue().awaitWork(LONG);
        get(queue().requeue(entry));

        get(work);
    }

    @Test
    void awaitWorkEndsWithItsPatience() {
        get(queue().awaitWork(Duration.ofMillis(20)));
    }

    @Test
    void checkSucceedsWhileTheQueueCanBeReached() {
        get(queue().check());
    }

    private QueueEntry leased() {
        QueueEntry entry = due(Priority.HEAD_OF_LINE);
        get(queue().offer(List.of(entry)));
        assertThat(get(queue().lease(1))).containsExactly(entry);
        return entry;
    }

    private QueueEntry due(int rank) {
        return new QueueEntry(UUID.randomUUID(), rank, now());
    }

    private static QueueEntry at(Instant runAt) {
        return new QueueEntry(UUID.randomUUID(), NORMAL, runAt);
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, SECONDS);
        } catch (Exception failure) {
            throw new AssertionError("the queue did not answer", failure);
        }
    }
}
