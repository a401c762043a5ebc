package io.zerostate.queue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.StopRun;
import io.zerostate.queue.ActiveAttempt.Phase;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A graceful stop: no more work is taken, what has not begun goes back at once, what runs may go on for the grace time, and what
 * runs still then is stopped and goes back without counting as an attempt of the retry policy.
 */
final class Drain {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    /** For stopped runs to end and for PostgreSQL to take the tasks back; after it, leases are left to expire. */
    private static final Duration HAND_BACK_TIME = Duration.ofSeconds(5);

    private final Ports ports;
    private final Board board;
    private final AttemptEnding ending;
    private final Duration grace;
    private final Promise<Void> drained = Promise.promise();

    Drain(Ports ports, Board board, AttemptEnding ending, Duration grace) {
        this.ports = ports;
        this.board = board;
        this.ending = ending;
        this.grace = grace;
    }

    /** Begins, or joins what has begun. Done when this node holds nothing, or has waited long enough. */
    Future<Void> drain() {
        if (!board.isStopping()) {
            LOG.atInfo().addKeyValue("attempts", board.attempts().size()).log("taking no more work");
            board.stop();
            board.attempts().in(Phase.STANDBY).forEach(ending::handBack);
            board.attempts().in(Phase.HELD).forEach(ending::handBack);
            ports.vertx().setTimer(Math.max(1, grace.toMillis()), timer -> stopRuns());
            board.steps().changed();
        }
        return drained.future();
    }

    /** Notes that everything has ended. */
    void advance() {
        if (board.isStopping() && board.attempts().size() == 0) {
            drained.tryComplete();
        }
    }

    private void stopRuns() {
        for (ActiveAttempt attempt : board.attempts().in(Phase.RUNNING)) {
            attempt.in(LOG.atInfo()).log("grace time is over, stopping the run");
            attempt.stopForShutdown();
            ports.bus()
                    .publish(
                            Addresses.RUN_STOP,
                            new StopRun(attempt.taskId(), attempt.number(), StopRun.Reason.SHUTDOWN));
        }
        ports.vertx().setTimer(HAND_BACK_TIME.toMillis(), timer -> {
            if (drained.tryComplete()) {
                LOG.atWarn().addKeyValue("attempts", board.attempts().size()).log("stopping with leases that will expire");
            }
        });
    }
}
