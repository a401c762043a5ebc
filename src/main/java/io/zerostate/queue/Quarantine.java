package io.zerostate.queue;

import io.zerostate.bus.StopRun;
import io.zerostate.queue.ActiveAttempt.Phase;
import io.zerostate.task.Outcome;
import io.zerostate.task.RunReport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task that went down with a node may be what took the node down. So it waits until nothing else runs here, and then runs alone:
 * if it does it again, it takes no innocent neighbour with it.
 */
final class Quarantine {
    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

    private final Board board;
    private final AttemptRunner runner;
    private final AttemptEnding ending;
    private final Deque<ActiveAttempt> held = new ArrayDeque<>();
    private @Nullable ActiveAttempt alone;

    Quarantine(Board board, AttemptRunner runner, AttemptEnding ending) {
        this.board = board;
        this.runner = runner;
        this.ending = ending;
    }

    /** Keeps a claimed task until it can run alone. */
    void hold(ActiveAttempt attempt) {
        attempt.in(LOG.atInfo())
                .addKeyValue("crashes", attempt.task().crashes())
                .log("attempt waits to run alone on its node");
        board.attempts().move(attempt, Phase.HELD);
        held.add(attempt);
    }

    /** True while nothing else may be leased. */
    boolean isOccupied() {
        return !held.isEmpty() || alone != null;
    }

    /** Runs the next one when the node is empty. */
    void advance() {
        held.removeIf(attempt -> attempt.phase() != Phase.HELD);
        if (alone != null && alone.phase() != Phase.RUNNING) {
            alone = null;
        }
        boolean empty = Stream.of(Phase.LEASED, Phase.STANDBY, Phase.RUNNING)
                .allMatch(phase -> board.attempts().count(phase) == 0);
        if (held.isEmpty() || !empty || board.isStopping()) {
            return;
        }
        List<Worker> worker = board.credit().take(1);
        if (!worker.isEmpty()) {
            alone = held.remove();
            runner.run(alone, worker.getFirst());
        }
    }

    /** A cancelled task need not wait for its turn to be stopped. */
    void stop(StopRun request) {
        for (ActiveAttempt attempt : List.copyOf(held)) {
            if (request.reason() == StopRun.Reason.CANCELLED && attempt.taskId().equals(request.taskId())) {
                held.remove(attempt);
                ending.ended(attempt, RunReport.withoutRun(new Outcome.Cancelled()));
            }
        }
    }
}
