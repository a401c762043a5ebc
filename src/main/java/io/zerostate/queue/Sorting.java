package io.zerostate.queue;

import io.zerostate.bus.ClaimedTask;
import io.zerostate.bus.QueueEntry;
import io.zerostate.bus.TasksClaimed;
import io.zerostate.bus.TasksClaimed.Unfit;
import io.zerostate.metrics.QueueMetrics.Requeued;
import io.zerostate.queue.MemoryBudget.Grant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sorts out what a claim got: what runs, what goes back in line and when it comes again, what has nothing to run. */
final class Sorting {
    private static final Logger LOG = LoggerFactory.getLogger(Sorting.class);

    /** Before a task that PostgreSQL was not ready to give is asked for again. */
    private static final Duration NOT_YET = Duration.ofMillis(50);

    /** How long a task stays out of the way that this node can never run, so that others are run meanwhile. A larger node may take it. */
    private static final Duration OUT_OF_THE_WAY = Duration.ofSeconds(5);

    /** How long dispatch waits for memory at most: another node may have taken the task that it waits for. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Ports ports;
    private final Board board;
    private final Starting starting;
    private boolean looksAgain;

    Sorting(Ports ports, Board board, Starting starting) {
        this.ports = ports;
        this.board = board;
        this.starting = starting;
    }

    /**
     * @param batch what was asked for, in that order
     */
    void sort(List<ActiveAttempt> batch, TasksClaimed answer, Grant grant) {
        Map<UUID, ActiveAttempt> open = new LinkedHashMap<>();
        batch.forEach(attempt -> open.put(attempt.taskId(), attempt));
        settle(answer, grant);
        for (ClaimedTask task : answer.tasks()) {
            ActiveAttempt attempt = open.remove(task.taskId());
            if (attempt != null) {
                ports.metrics().claimed(task.queueMs());
                attempt.claimed(task);
                ports.failPoints().reached(FailPoints.Step.CLAIMED);
                starting.start(attempt);
            }
        }
        for (QueueEntry waiting : answer.waiting()) {
            ActiveAttempt attempt = open.remove(waiting.taskId());
            if (attempt != null) {
                Instant runAt = latest(waiting.runAt(), NOT_YET);
                putBack(attempt, new QueueEntry(waiting.taskId(), waiting.rank(), runAt), Requeued.UNCLAIMED);
            }
        }
        for (Unfit unfit : answer.unfit()) {
            ActiveAttempt attempt = open.remove(unfit.taskId());
            if (attempt != null) {
                putBack(attempt, placeOf(attempt, unfit), Requeued.MEMORY);
            }
        }
        open.values().forEach(this::drop);
    }

    private void settle(TasksClaimed answer, Grant grant) {
        List<Long> taken = new ArrayList<>();
        answer.tasks().forEach(task -> taken.add(task.spec().memoryBytes()));
        List<Long> wanting = new ArrayList<>();
        for (Unfit unfit : answer.unfit()) {
            if (!board.memory().canNeverFit(unfit.memoryBytes())) {
                wanting.add(unfit.memoryBytes());
            }
        }
        board.memory().settle(grant, taken, wanting);
        if (board.memory().isExhausted() && !looksAgain) {
            looksAgain = true;
            ports.vertx().setTimer(PATIENCE.toMillis(), timer -> {
                looksAgain = false;
                board.memory().lookAgain();
                board.steps().changed();
            });
        }
    }

    /** Its old place, so that it is next when there is memory; or some other time when there never will be. */
    private QueueEntry placeOf(ActiveAttempt attempt, Unfit unfit) {
        QueueEntry place = attempt.entry();
        if (!board.memory().canNeverFit(unfit.memoryBytes())) {
            return place;
        }
        attempt.in(LOG.atWarn())
                .addKeyValue("memory_bytes", unfit.memoryBytes())
                .log("the task needs more memory than this node has for all tasks ({} bytes): left to another node",
                        board.memory().whole());
        return new QueueEntry(place.taskId(), place.rank(), latest(place.runAt(), OUT_OF_THE_WAY));
    }

    private Instant latest(Instant runAt, Duration fromNow) {
        Instant soonest = ports.clock().instant().plus(fromNow);
        return runAt.isBefore(soonest) ? soonest : runAt;
    }

    /** Ends the lease of a task that was not claimed. */
    void putBack(ActiveAttempt attempt, QueueEntry entry, Requeued reason) {
        if (board.attempts().remove(attempt) && !attempt.isLeaseLost()) {
            ports.metrics().requeued(reason);
            ports.queue().requeue(entry);
        }
    }

    private void drop(ActiveAttempt attempt) {
        attempt.in(LOG.atDebug()).log("nothing to run under this lease");
        ports.metrics().dropped(1);
        if (board.attempts().remove(attempt)) {
            ports.queue().release(attempt.taskId());
        }
    }
}
