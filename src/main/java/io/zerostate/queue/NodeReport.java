package io.zerostate.queue;

import io.zerostate.bus.Addresses;
import io.zerostate.bus.NodeStatus;
import io.zerostate.queue.ActiveAttempt.Phase;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes how this node is doing: each second, and soon after a change, but never in a stream. */
final class NodeReport {
    private static final Logger LOG = LoggerFactory.getLogger(NodeReport.class);

    private static final Duration PERIOD = Duration.ofSeconds(1);

    /** Long enough that thousands of short tasks a second make a few reports. */
    private static final Duration SETTLE = Duration.ofMillis(200);

    private final Ports ports;
    private final Board board;
    private final LeaseKeeper keeper;
    private Shown shown = new Shown(-1, -1, false);
    private boolean scheduled;

    NodeReport(Ports ports, Board board, LeaseKeeper keeper) {
        this.ports = ports;
        this.board = board;
        this.keeper = keeper;
    }

    void start() {
        ports.vertx().setPeriodic(PERIOD.toMillis(), timer -> report());
    }

    /** Notes a change. */
    void advance() {
        ports.metrics().leases(board.attempts().size());
        ports.metrics().workers(board.credit().idle(), busy());
        ports.metrics().memory(board.memory().reserved());
        if (!scheduled && !now().equals(shown)) {
            scheduled = true;
            ports.vertx().setTimer(SETTLE.toMillis(), timer -> {
                scheduled = false;
                report();
            });
        }
    }

    void report() {
        ports.queue()
                .depth()
                .onSuccess(this::publish)
                .onFailure(failure -> LOG.debug("no depth to report: {}", failure.getMessage()));
    }

    private void publish(long depth) {
        ports.metrics().depth(depth);
        shown = now();
        ports.bus()
                .publish(
                        Addresses.NODE_STATUS,
                        new NodeStatus(
                                board.node(),
                                shown.slots(),
                                shown.busy(),
                                depth,
                                shown.stopping(),
                                ports.clock().instant(),
                                keeper.renewedAt()));
    }

    private Shown now() {
        return new Shown(board.credit().slots(), busy(), board.isStopping());
    }

    private int busy() {
        return board.attempts().count(Phase.RUNNING);
    }

    private record Shown(int slots, int busy, boolean stopping) {}
}
