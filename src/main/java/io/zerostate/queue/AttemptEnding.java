package io.zerostate.queue;

import io.vertx.core.Future;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.AttemptFinished;
import io.zerostate.bus.ClaimedTask;
import io.zerostate.bus.FinishAttempt;
import io.zerostate.bus.HandBackTask;
import io.zerostate.bus.QueueEntry;
import io.zerostate.metrics.QueueMetrics.Requeued;
import io.zerostate.queue.ActiveAttempt.Phase;
import io.zerostate.task.Outcome;
import io.zerostate.task.RunReport;
import io.zerostate.task.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last step of an attempt: PostgreSQL stores how it ended, then the lease is released, or the task goes back in line. Until
 * PostgreSQL has answered, the lease is kept and the result is kept in memory; the worker is not.
 *
 * <p>That a lease was lost decides nothing here: PostgreSQL takes what comes from the attempt that is current, and refuses the rest. So an
 * outage of the queue costs at most a repeated run, and counts no crash.
 */
final class AttemptEnding {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptEnding.class);

    /** Beyond these no task is leased until PostgreSQL has caught up. */
    private static final int MOST_UNSTORED = 1024;

    private static final long MOST_UNSTORED_BYTES = 64L * 1024 * 1024;

    private final Ports ports;
    private final Board board;
    private final DoubleSupplier jitter;
    private final PatientRequests requests;
    private long unstoredBytes;

    /**
     * @param jitter random shares from 0 (inclusive) to 1 (exclusive), for the delays of retries
     */
    AttemptEnding(Ports ports, Board board, DoubleSupplier jitter) {
        this.ports = ports;
        this.board = board;
        this.jitter = jitter;
        this.requests = new PatientRequests(ports);
    }

    /** False while too many results wait to be stored. */
    boolean hasRoom() {
        return board.attempts().count(Phase.ENDED) < MOST_UNSTORED && unstoredBytes < MOST_UNSTORED_BYTES;
    }

    /** The attempt ended on its worker, or never got to one. */
    void ended(ActiveAttempt attempt, RunReport report) {
        board.attempts().move(attempt, Phase.ENDED);
        boolean stoppedByUs = attempt.isLeaseLost() || attempt.isStoppedForShutdown();
        if (stoppedByUs && report.outcome() instanceof Outcome.Lost) {
            handBack(attempt);
        } else {
            finish(attempt, report);
        }
        board.steps().changed();
    }

    /** Puts a claimed task back in line as if it had not been claimed. */
    void handBack(ActiveAttempt attempt) {
        board.attempts().move(attempt, Phase.ENDED);
        HandBackTask request = new HandBackTask(attempt.taskId(), attempt.number());
        requests.request(Addresses.TASK_HAND_BACK, request, () -> board.attempts().holds(attempt))
                .onSuccess(finished -> settle(attempt, finished, Requeued.HANDED_BACK, attempt.entry().rank()))
                .onFailure(failure -> abandon(attempt, failure.getMessage()));
    }

    private void finish(ActiveAttempt attempt, RunReport report) {
        ClaimedTask task = attempt.task();
        Settlement settlement = Settlement.of(
                report.outcome(), task.spec().retry(), task.retries(), task.postponed(), jitter.getAsDouble());
        FinishAttempt request = new FinishAttempt(task.taskId(), task.attempt(), report, settlement);
        ports.failPoints().reached(FailPoints.Step.ENDED);
        Instant ended = ports.clock().instant();
        long bytes = report.stdout().bytes().length() + (long) report.stderr().bytes().length();
        unstoredBytes += bytes;
        requests.request(Addresses.TASK_FINISH, request, () -> true)
                .onComplete(answer -> unstoredBytes -= bytes)
                .onSuccess(finished -> {
                    ports.metrics().finishTook(Duration.between(ended, ports.clock().instant()));
                    settle(attempt, finished, Requeued.RETRY, task.spec().schedule().priority().rank());
                })
                .onFailure(failure -> unstorable(attempt, report, failure));
    }

    /** What cannot be stored as it is must not keep its task running for ever: the next try stores that it was lost. */
    private void unstorable(ActiveAttempt attempt, RunReport report, Throwable failure) {
        if (attempt.isLeaseLost()) {
            abandon(attempt, "its lease was lost before its result could be stored");
        } else if (report.outcome() instanceof Outcome.Lost) {
            abandon(attempt, failure.getMessage());
        } else {
            finish(attempt, RunReport.withoutRun(new Outcome.Lost("The result could not be stored")));
        }
    }

    private void settle(ActiveAttempt attempt, AttemptFinished finished, Requeued reason, int rank) {
        if (finished.accepted()) {
            ports.failPoints().reached(FailPoints.Step.FINISHED);
        } else {
            ports.metrics().staleFinish();
        }
        attempt.in(LOG.atDebug())
                .addKeyValue("state", finished.state().wireName())
                .addKeyValue("accepted", finished.accepted())
                .log("attempt settled");
        if (board.attempts().remove(attempt)) {
            if (finished.state().isTerminal()) {
                whenDone(attempt, ports.queue().release(attempt.taskId()));
            } else if (finished.state().isWaiting()) {
                backInLine(attempt, new QueueEntry(attempt.taskId(), rank, finished.nextRunAt()), reason);
            }
            // Still running means under a later attempt, whose lease is not ours to end.
        }
        board.steps().changed();
    }

    private void backInLine(ActiveAttempt attempt, QueueEntry entry, Requeued reason) {
        ports.metrics().requeued(reason);
        whenDone(
                attempt,
                attempt.isLeaseLost() ? ports.queue().offer(List.of(entry)) : ports.queue().requeue(entry));
    }

    /** Nothing more is done about it here: its lease expires, and the reaper and PostgreSQL decide. */
    private void abandon(ActiveAttempt attempt, String reason) {
        attempt.in(LOG.atWarn()).addKeyValue("reason", reason).log("attempt abandoned");
        board.attempts().remove(attempt);
        board.steps().changed();
    }

    private static void whenDone(ActiveAttempt attempt, Future<Void> queued) {
        queued.onFailure(failure -> attempt.in(LOG.atWarn())
                .addKeyValue("reason", failure.getMessage())
                .log("the queue did not hear of the end of an attempt; its lease will expire"));
    }
}
