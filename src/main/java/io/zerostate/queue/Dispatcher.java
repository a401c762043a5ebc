package io.zerostate.queue;

import io.zerostate.bus.Addresses;
import io.zerostate.bus.ClaimTasks;
import io.zerostate.bus.ClaimedTask;
import io.zerostate.bus.QueueEntry;
import io.zerostate.bus.TasksClaimed;
import io.zerostate.metrics.QueueMetrics.Requeued;
import io.zerostate.task.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leases tasks for idle workers, claims them in one request per batch, and starts them. While nothing is idle or nothing is in
 * line it does nothing at all: it waits for a worker or for {@link TaskQueue#awaitWork}.
 */
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    /** Tasks in one claim. */
    private static final int MOST_PER_CLAIM = 64;

    /** A wake-up that the queue lost costs no more than this. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Before a task that PostgreSQL was not ready to give is asked for again. */
    private static final Duration NOT_YET = Duration.ofMillis(50);

    /** How long a task stays out of the way that the store fails to claim. */
    private static final Duration SET_ASIDE = Duration.ofSeconds(30);

    private final Ports ports;
    private final Board board;
    private final Starting starting;
    private final BooleanSupplier mayLease;
    private boolean leasing;
    private boolean awaiting;
    private boolean paused;
    private int failures;

    /**
     * @param mayLease false while more work would not be welcome, for whatever reason; a change of it is a change of the board
     */
    Dispatcher(Ports ports, Board board, Starting starting, BooleanSupplier mayLease) {
        this.ports = ports;
        this.board = board;
        this.starting = starting;
        this.mayLease = mayLease;
    }

    /** Leases for whoever is idle. */
    void advance() {
        if (leasing || awaiting || paused || !mayLease.getAsBoolean()) {
            return;
        }
        List<Worker> workers = board.credit().take(MOST_PER_CLAIM);
        if (workers.isEmpty()) {
            return;
        }
        leasing = true;
        ports.queue().lease(workers.size()).onComplete(answer -> {
            leasing = false;
            if (answer.succeeded()) {
                leased(answer.result(), new ArrayDeque<>(workers));
            } else {
                workers.forEach(board.credit()::giveBack);
                pause("lease", answer.cause());
            }
            board.steps().changed();
        });
    }

    private void leased(List<QueueEntry> entries, Deque<Worker> workers) {
        if (entries.size() < workers.size()) {
            await();
        }
        while (workers.size() > entries.size()) {
            board.credit().giveBack(workers.removeLast());
        }
        if (board.isStopping()) {
            workers.forEach(board.credit()::giveBack);
            entries.forEach(ports.queue()::requeue);
        } else if (!entries.isEmpty()) {
            claim(entries.stream().map(board.attempts()::add).toList(), workers);
        }
    }

    private void await() {
        awaiting = true;
        ports.queue().awaitWork(PATIENCE).onComplete(answer -> {
            awaiting = false;
            if (answer.failed()) {
                pause("wait for work", answer.cause());
            }
            board.steps().changed();
        });
    }

    private void claim(List<ActiveAttempt> batch, Deque<Worker> workers) {
        Instant asked = ports.clock().instant();
        List<UUID> ids = batch.stream().map(ActiveAttempt::taskId).toList();
        ports.bus().request(Addresses.TASK_CLAIM, new ClaimTasks(board.node(), ids)).onComplete(answer -> {
            if (answer.succeeded()) {
                failures = 0;
                ports.metrics().claimTook(Duration.between(asked, ports.clock().instant()));
                claimed(batch, answer.result(), workers);
            } else {
                unclaimed(batch, workers, answer.cause());
            }
            workers.forEach(board.credit()::giveBack);
            board.steps().changed();
        });
    }

    private void unclaimed(List<ActiveAttempt> batch, Deque<Worker> workers, Throwable failure) {
        if (RefusedException.isUnavailable(failure)) {
            batch.forEach(attempt -> putBack(attempt, attempt.entry()));
            pause("claim", failure);
        } else if (batch.size() > 1) {
            // One task that cannot be claimed must not keep the others from it.
            batch.forEach(attempt -> claim(List.of(attempt), new ArrayDeque<>(List.of(workers.pop()))));
        } else {
            ActiveAttempt attempt = batch.getFirst();
            attempt.in(LOG.atError()).addKeyValue("reason", failure.getMessage()).log("task cannot be claimed, set aside");
            Instant later = ports.clock().instant().plus(SET_ASIDE);
            putBack(attempt, new QueueEntry(attempt.taskId(), attempt.entry().rank(), later));
        }
    }

    private void claimed(List<ActiveAttempt> batch, TasksClaimed answer, Deque<Worker> workers) {
        Map<UUID, ActiveAttempt> open = new LinkedHashMap<>();
        batch.forEach(attempt -> open.put(attempt.taskId(), attempt));
        for (ClaimedTask task : answer.tasks()) {
            ActiveAttempt attempt = open.remove(task.taskId());
            if (attempt != null) {
                ports.metrics().claimed(task.queueMs());
                attempt.claimed(task);
                ports.failPoints().reached(FailPoints.Step.CLAIMED);
                starting.start(attempt, workers);
            }
        }
        Instant soonest = ports.clock().instant().plus(NOT_YET);
        for (QueueEntry waiting : answer.waiting()) {
            ActiveAttempt attempt = open.remove(waiting.taskId());
            if (attempt != null) {
                Instant runAt = waiting.runAt().isBefore(soonest) ? soonest : waiting.runAt();
                putBack(attempt, new QueueEntry(waiting.taskId(), waiting.rank(), runAt));
            }
        }
        open.values().forEach(this::drop);
    }

    private void putBack(ActiveAttempt attempt, QueueEntry entry) {
        if (board.attempts().remove(attempt) && !attempt.isLeaseLost()) {
            ports.metrics().requeued(Requeued.UNCLAIMED);
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

    private void pause(String what, Throwable failure) {
        if (paused) {
            return;
        }
        paused = true;
        failures++;
        long delayMs = Backoff.DEPENDENCY.delayMs(failures);
        LOG.warn("cannot {}, trying again in {} ms: {}", what, delayMs, failure.getMessage());
        ports.vertx().setTimer(delayMs, timer -> {
            paused = false;
            board.steps().changed();
        });
    }
}
