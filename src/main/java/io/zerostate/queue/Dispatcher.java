package io.zerostate.queue;

import io.zerostate.bus.Addresses;
import io.zerostate.bus.ClaimTasks;
import io.zerostate.bus.QueueEntry;
import io.zerostate.metrics.QueueMetrics.Requeued;
import io.zerostate.queue.ActiveAttempt.Phase;
import io.zerostate.queue.MemoryBudget.Grant;
import io.zerostate.task.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leases tasks for idle workers and free memory, with some {@link ReadAhead ahead}, and claims them in one request per batch. While there is
 * no worker, no memory or nothing in line it does nothing at all: it waits for the end of a run or for {@link TaskQueue#awaitWork}.
 */
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    /** Tasks in one claim. */
    private static final int MOST_PER_CLAIM = 64;

    /** A wake-up that the queue lost costs no more than this. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How long a task stays out of the way that the store fails to claim. */
    private static final Duration SET_ASIDE = Duration.ofSeconds(30);

    private final Ports ports;
    private final Board board;
    private final Sorting sorting;
    private final BooleanSupplier mayLease;
    private boolean leasing;
    private boolean awaiting;
    private boolean paused;
    private int failures;

    /**
     * @param mayLease false while more work would not be welcome, for whatever reason; a change of it is a change of the board
     */
    Dispatcher(Ports ports, Board board, Sorting sorting, BooleanSupplier mayLease) {
        this.ports = ports;
        this.board = board;
        this.sorting = sorting;
        this.mayLease = mayLease;
    }

    /** Leases for whoever is idle, and ahead. */
    void advance() {
        if (leasing || awaiting || paused || !mayLease.getAsBoolean()) {
            return;
        }
        Grant grant = board.memory().grant(Math.min(MOST_PER_CLAIM, wanted()), ahead());
        if (grant == null) {
            return;
        }
        leasing = true;
        ports.queue().lease(grant.tasks()).onComplete(answer -> {
            leasing = false;
            if (answer.succeeded()) {
                leased(answer.result(), grant);
            } else {
                board.memory().giveBack(grant);
                pause("lease", answer.cause());
            }
            board.steps().changed();
        });
    }

    /**
     * How many tasks to claim now. While no worker would be idle without them, only as many as make a claim worth its while: not beside
     * another claim, and not before half of what was claimed ahead is gone.
     */
    private int wanted() {
        int claiming = board.attempts().count(Phase.LEASED);
        int missing = board.credit().idle() - board.attempts().count(Phase.STANDBY) - claiming;
        int ahead = ahead();
        boolean worthwhile = claiming == 0 && missing + ahead > ahead / 2;
        return missing > 0 || worthwhile ? missing + ahead : 0;
    }

    private int ahead() {
        return board.readAhead().tasks(board.credit().slots());
    }

    private void leased(List<QueueEntry> entries, Grant grant) {
        if (entries.size() < grant.tasks()) {
            await();
        }
        if (board.isStopping() || entries.isEmpty()) {
            board.memory().giveBack(grant);
            entries.forEach(ports.queue()::requeue);
        } else {
            claim(entries.stream().map(board.attempts()::add).toList(), grant);
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

    private void claim(List<ActiveAttempt> batch, Grant grant) {
        Instant asked = ports.clock().instant();
        List<UUID> ids = batch.stream().map(ActiveAttempt::taskId).toList();
        ClaimTasks request = new ClaimTasks(board.node(), ids, grant.bytes(), board.memory().whole());
        ports.bus().request(Addresses.TASK_CLAIM, request).onComplete(answer -> {
            if (answer.succeeded()) {
                failures = 0;
                ports.metrics().claimTook(Duration.between(asked, ports.clock().instant()));
                sorting.sort(batch, answer.result(), grant);
            } else {
                unclaimed(batch, grant, answer.cause());
            }
            board.steps().changed();
        });
    }

    private void unclaimed(List<ActiveAttempt> batch, Grant grant, Throwable failure) {
        if (RefusedException.isUnavailable(failure)) {
            board.memory().giveBack(grant);
            batch.forEach(attempt -> sorting.putBack(attempt, attempt.entry(), Requeued.UNCLAIMED));
            pause("claim", failure);
        } else if (batch.size() > 1) {
            // One task that cannot be claimed must not keep the others from it.
            Iterator<Grant> shares = board.memory().split(grant, batch.size()).iterator();
            batch.forEach(attempt -> claim(List.of(attempt), shares.next()));
        } else {
            board.memory().giveBack(grant);
            ActiveAttempt attempt = batch.getFirst();
            attempt.in(LOG.atError()).addKeyValue("reason", failure.getMessage()).log("task cannot be claimed, set aside");
            Instant later = ports.clock().instant().plus(SET_ASIDE);
            sorting.putBack(
                    attempt, new QueueEntry(attempt.taskId(), attempt.entry().rank(), later), Requeued.UNCLAIMED);
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
