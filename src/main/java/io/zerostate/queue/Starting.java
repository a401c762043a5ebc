package io.zerostate.queue;

/** Decides what becomes of a claimed task: usually it runs. */
final class Starting {
    private final Board board;
    private final Standby standby;
    private final Quarantine quarantine;
    private final AttemptEnding ending;

    Starting(Board board, Standby standby, Quarantine quarantine, AttemptEnding ending) {
        this.board = board;
        this.standby = standby;
        this.quarantine = quarantine;
        this.ending = ending;
    }

    void start(ActiveAttempt attempt) {
        boolean alone = attempt.task().crashes() > 0;
        if (attempt.isLeaseLost() || alone && board.isStopping()) {
            ending.handBack(attempt);
        } else if (alone) {
            quarantine.hold(attempt);
        } else {
            // Also on a node that was told to stop while it claimed, for a free worker there.
            standby.add(attempt);
        }
    }
}
