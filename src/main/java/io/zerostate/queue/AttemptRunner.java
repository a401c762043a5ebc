package io.zerostate.queue;

import io.zerostate.bus.Addresses;
import io.zerostate.bus.ExecuteTask;
import io.zerostate.bus.StopRun;
import io.zerostate.queue.ActiveAttempt.Phase;
import io.zerostate.task.Outcome;
import io.zerostate.task.RefusedException;
import io.zerostate.task.RunReport;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a claimed task to an idle worker's own address, and takes its report. The worker is idle again with its reply. */
final class AttemptRunner {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptRunner.class);

    private final Ports ports;
    private final Board board;
    private final AttemptEnding ending;
    private final Map<Integer, ActiveAttempt> bySlot = new HashMap<>();

    AttemptRunner(Ports ports, Board board, AttemptEnding ending) {
        this.ports = ports;
        this.board = board;
        this.ending = ending;
    }

    void run(ActiveAttempt attempt, Worker worker) {
        board.attempts().move(attempt, Phase.RUNNING);
        bySlot.put(worker.slot(), attempt);
        attempt.in(LOG.atDebug()).addKeyValue("slot", worker.slot()).log("attempt sent to its worker");
        Duration timeout = Duration.ofMillis(attempt.task().spec().limits().timeoutMs());
        Instant sent = ports.clock().instant();
        ports.bus()
                .request(Addresses.worker(worker.address(), timeout), new ExecuteTask(attempt.task()))
                .onSuccess(ran -> {
                    board.credit().giveBack(worker);
                    Duration away = Duration.between(sent, ports.clock().instant());
                    board.readAhead().ran(away);
                    ports.metrics().handoverTook(away.minusMillis(ran.report().durationMs()));
                    ended(attempt, worker, ran.report());
                })
                .onFailure(failure -> {
                    boolean stuck = RefusedException.isUnavailable(failure)
                            && !ports.clock().instant().isBefore(sent.plus(timeout));
                    if (stuck) {
                        board.stuck().add(worker, attempt.task().spec().memoryBytes());
                    }
                    failed(attempt, worker, failure, stuck ? new Outcome.TimedOut(timeout.toMillis()) : lost(failure));
                });
    }

    private void failed(ActiveAttempt attempt, Worker worker, Throwable failure, Outcome outcome) {
        if (RefusedException.isUnavailable(failure)) {
            attempt.in(LOG.atError()).addKeyValue("slot", worker.slot()).log("the worker does not answer");
            // Gone or stuck. One that comes to itself again announces itself.
            board.credit().remove(worker);
            ports.bus().publish(Addresses.RUN_STOP, new StopRun(attempt.taskId(), attempt.number(), StopRun.Reason.LEASE_LOST));
        } else {
            board.credit().giveBack(worker);
        }
        ended(attempt, worker, RunReport.withoutRun(outcome));
    }

    private static Outcome lost(Throwable failure) {
        return new Outcome.Lost("The worker failed: " + failure.getMessage());
    }

    /** A worker that announces itself knows nothing of what was sent to that slot before. */
    void restarted(Worker worker) {
        ActiveAttempt before = bySlot.get(worker.slot());
        if (before != null) {
            ended(before, worker, RunReport.withoutRun(new Outcome.Lost("The worker was started anew")));
        }
    }

    private void ended(ActiveAttempt attempt, Worker worker, RunReport report) {
        if (bySlot.remove(worker.slot(), attempt)) {
            ending.ended(attempt, report);
        }
    }
}
