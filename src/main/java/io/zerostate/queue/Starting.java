package io.zerostate.queue;

import java.util.Deque;

/** Decides what becomes of a claimed task: usually it runs. */
final class Starting {
    private final Board board;
    private final AttemptRunner runner;
    private final Quarantine quarantine;
    private final AttemptEnding ending;

    Starting(Board board, AttemptRunner runner, Quarantine quarantine, AttemptEnding ending) {
        this.board = board;
        this.runner = runner;
        this.quarantine = quarantine;
        this.ending = ending;
    }

    /**
     * @param workers were reserved for the batch, one per task; the one that is used is taken out
     */
    void start(ActiveAttempt attempt, Deque<Worker> workers) {
        boolean alone = attempt.task().crashes() > 0;
        if (attempt.isLeaseLost() || alone && board.isStopping()) {
            ending.handBack(attempt);
        } else if (alone) {
            quarantine.hold(attempt);
        } else {
            // Also on a node that was told to stop while it claimed: handed back, the task would begin again elsewhere.
            runner.run(attempt, workers.pop());
        }
    }
}
