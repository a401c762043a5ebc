package io.zerostate.queue;

import io.zerostate.bus.Addresses;
import io.zerostate.bus.CheckAttempts;
import io.zerostate.bus.StopRun;
import io.zerostate.queue.ActiveAttempt.Phase;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks PostgreSQL, with each heartbeat, whether what this node runs is still to be run. Usually the bus and the queue have told long
 * before; but a cancel can be lost on the bus, and a queue that lost its memory takes a node's word for its leases.
 */
final class AttemptCheck {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptCheck.class);

    private final Ports ports;
    private final Board board;
    private final LeaseLoss loss;
    private boolean asking;

    AttemptCheck(Ports ports, Board board, LeaseLoss loss) {
        this.ports = ports;
        this.board = board;
        this.loss = loss;
    }

    void check() {
        List<ActiveAttempt> claimed = Stream.of(Phase.STANDBY, Phase.HELD, Phase.RUNNING)
                .flatMap(phase -> board.attempts().in(phase).stream())
                .filter(attempt -> !attempt.isLeaseLost())
                .toList();
        if (asking || claimed.isEmpty()) {
            return;
        }
        asking = true;
        CheckAttempts request = new CheckAttempts(claimed.stream()
                .map(attempt -> new CheckAttempts.Held(attempt.taskId(), attempt.number()))
                .toList());
        ports.bus()
                .request(Addresses.TASK_CHECK, request)
                .onSuccess(answer -> {
                    for (ActiveAttempt attempt : claimed) {
                        if (answer.stale().contains(attempt.taskId())) {
                            stale(attempt);
                        } else if (answer.cancelled().contains(attempt.taskId())) {
                            cancel(attempt);
                        }
                    }
                })
                .onFailure(failure -> LOG.debug("the attempts that run here were not checked: {}", failure.getMessage()))
                .onComplete(done -> asking = false);
    }

    private void stale(ActiveAttempt attempt) {
        // One that ended while the question was under way is over for the best of reasons.
        if (board.attempts().holds(attempt) && attempt.phase() != Phase.ENDED) {
            loss.lost(attempt);
        }
    }

    private void cancel(ActiveAttempt attempt) {
        ports.bus()
                .publish(
                        Addresses.RUN_STOP,
                        new StopRun(attempt.taskId(), attempt.number(), StopRun.Reason.CANCELLED));
    }
}
