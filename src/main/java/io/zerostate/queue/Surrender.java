package io.zerostate.queue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;

/**
 * Gives a node up whose workers are all stuck: a thread of the JVM cannot be taken back by force, so only a new process can work
 * again. Confined to the verticle's context.
 */
final class Surrender {
    /** A machine that was paused makes workers look stuck until it has caught up. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Ports ports;
    private final Board board;
    private final Promise<String> surrendered = Promise.promise();
    private boolean waiting;

    Surrender(Ports ports, Board board) {
        this.ports = ports;
        this.board = board;
    }

    /** Why the node should end, once it should. */
    Future<String> future() {
        return surrendered.future();
    }

    void advance() {
        if (isHopeless() && !waiting) {
            waiting = true;
            ports.vertx().setTimer(PATIENCE.toMillis(), timer -> {
                waiting = false;
                if (isHopeless()) {
                    surrendered.tryComplete("All " + board.stuck().count() + " workers are stuck");
                }
            });
        }
    }

    private boolean isHopeless() {
        return board.stuck().count() > 0 && board.credit().slots() == 0 && !board.isStopping();
    }
}
