package io.zerostate.queue;

import io.zerostate.queue.ActiveAttempt.Phase;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claimed tasks on their way to the next free worker, in order. Those that were claimed ahead stay here for milliseconds; when the tasks
 * before them turn out to take longer than those before had, they go back in line, where another node finds them.
 */
final class Standby {
    private static final Logger LOG = LoggerFactory.getLogger(Standby.class);

    /** How often it is looked whether claiming ahead was right. */
    private static final Duration LOOK = Duration.ofMillis(100);

    /** So often it is looked in vain for the end of a run before all runs are taken for long ones. A process that stood still looks once. */
    private static final int MOST_LOOKS = 5;

    /** What it takes to go back in line is not worth less. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final Ports ports;
    private final Board board;
    private final AttemptRunner runner;
    private final AttemptEnding ending;
    private final Deque<ActiveAttempt> waiting = new ArrayDeque<>();
    private boolean watching;
    private long runs;
    private int looks;

    Standby(Ports ports, Board board, AttemptRunner runner, AttemptEnding ending) {
        this.ports = ports;
        this.board = board;
        this.runner = runner;
        this.ending = ending;
    }

    /** Takes in a claimed task. */
    void add(ActiveAttempt attempt) {
        board.attempts().move(attempt, Phase.STANDBY);
        waiting.add(attempt);
    }

    /** Gives free workers what there is memory for. A node that stops keeps nothing else: handed back, the rest begins elsewhere. */
    void advance() {
        waiting.removeIf(attempt -> attempt.phase() != Phase.STANDBY);
        while (!waiting.isEmpty() && board.memory().hasRoomFor(waiting.peek().task().spec().memoryBytes())) {
            List<Worker> free = board.credit().take(1);
            if (free.isEmpty()) {
                break;
            }
            runner.run(waiting.remove(), free.getFirst());
        }
        if (board.isStopping()) {
            keep(0);
        } else if (!waiting.isEmpty() && !watching) {
            watching = true;
            ports.vertx().setTimer(LOOK.toMillis(), timer -> {
                watching = false;
                look();
                board.steps().changed();
            });
        }
    }

    private void look() {
        boolean someEnded = board.readAhead().runs() != runs;
        runs = board.readAhead().runs();
        looks = someEnded ? 0 : looks + 1;
        if (looks >= MOST_LOOKS) {
            looks = 0;
            board.readAhead().stop();
            keep(0);
        } else {
            keep(board.readAhead().workersRun(board.credit().slots(), LONGEST_WAIT));
        }
    }

    private void keep(long most) {
        if (waiting.size() > most) {
            LOG.atDebug().addKeyValue("tasks", waiting.size() - most).log("tasks that were claimed ahead go back in line");
        }
        while (waiting.size() > most) {
            ending.handBack(waiting.removeLast());
        }
    }
}
