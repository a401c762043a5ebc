package io.zerostate.queue;

import io.zerostate.bus.Addresses;
import io.zerostate.bus.FindCancelRequests;
import io.zerostate.bus.StopRun;
import io.zerostate.queue.ActiveAttempt.Phase;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks PostgreSQL, with each heartbeat, which of this node's tasks somebody wants to cancel. Usually the bus has told long before;
 * but a message can be lost, or the node that sent it can be cut off from this one.
 */
final class CancelCheck {
    private static final Logger LOG = LoggerFactory.getLogger(CancelCheck.class);

    private final Ports ports;
    private final Board board;
    private boolean asking;

    CancelCheck(Ports ports, Board board) {
        this.ports = ports;
        this.board = board;
    }

    void check() {
        List<ActiveAttempt> claimed = Stream.of(Phase.HELD, Phase.RUNNING)
                .flatMap(phase -> board.attempts().in(phase).stream())
                .filter(attempt -> !attempt.isLeaseLost())
                .toList();
        if (asking || claimed.isEmpty()) {
            return;
        }
        asking = true;
        FindCancelRequests request = new FindCancelRequests(
                claimed.stream().map(ActiveAttempt::taskId).toList());
        ports.bus()
                .request(Addresses.TASK_CANCEL_REQUESTS, request)
                .onSuccess(found -> claimed.stream()
                        .filter(attempt -> found.taskIds().contains(attempt.taskId()))
                        .forEach(this::stop))
                .onFailure(failure -> LOG.debug("no word of cancels: {}", failure.getMessage()))
                .onComplete(done -> asking = false);
    }

    private void stop(ActiveAttempt attempt) {
        ports.bus()
                .publish(
                        Addresses.RUN_STOP,
                        new StopRun(attempt.taskId(), attempt.number(), StopRun.Reason.CANCELLED));
    }
}
