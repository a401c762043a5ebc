package io.zerostate.result;

import io.zerostate.config.QueueSettings;
import io.zerostate.task.ErrorCode;
import io.zerostate.task.Failure;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether the line may get longer. The store is counted in the background, and what this node accepted and ended since is
 * added, so a submission waits for nothing. What other nodes did since is not known until the next count: in a cluster the bounds hold
 * within what all nodes together accept in that time.
 *
 * <p>Used on one event loop only.
 */
final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    /** How often it is looked whether a count is due. */
    static final Duration PERIOD = Duration.ofSeconds(1);

    /** A count that takes long is followed by a pause that is this many times as long: 2 % of the time. */
    private static final int PAUSE = 50;

    /** The same while submissions are refused: soon enough that they do not stay refused for nothing. */
    private static final int PAUSE_WHILE_FULL = 10;

    private final TaskStore store;
    private final QueueSettings bounds;
    private Tally unfinished = new Tally();
    private Tally sinceCount = new Tally();
    private boolean changed = true;
    private boolean counting;
    private long countedAt = System.nanoTime();
    private long countTook;

    Admission(TaskStore store, QueueSettings bounds) {
        this.store = store;
        this.bounds = bounds;
    }

    /**
     * Asks for a place for one more task.
     *
     * @return null when it may be stored, and the place is taken; else why not
     */
    @Nullable Failure admit(long tenantId) {
        changed = true;
        if (unfinished.total() >= bounds.maxUnfinished()) {
            return refusal("All tenants together have", "queue.max_unfinished", bounds.maxUnfinished());
        }
        if (unfinished.of(tenantId) >= bounds.maxUnfinishedPerTenant()) {
            return refusal("You have", "queue.max_unfinished_per_tenant", bounds.maxUnfinishedPerTenant());
        }
        add(tenantId, 1);
        return null;
    }

    /** The place was not needed: no task was stored. */
    void giveBack(long tenantId) {
        add(tenantId, -1);
    }

    /** Takes note of what was committed on this node. */
    void ended(List<TaskChange> changes) {
        changes.stream().filter(change -> change.state().isTerminal()).forEach(change -> add(change.tenantId(), -1));
    }

    /** Counts the store, if that is worthwhile and was not done too lately. To be called each {@link #PERIOD}. */
    void count() {
        boolean full = isFull();
        long pause = countTook * (full ? PAUSE_WHILE_FULL : PAUSE);
        if (counting || !(changed || full) || System.nanoTime() - countedAt < pause) {
            return;
        }
        counting = true;
        changed = false;
        sinceCount = new Tally();
        long start = System.nanoTime();
        store.countUnfinished().onComplete(counted -> {
            counting = false;
            countedAt = System.nanoTime();
            countTook = countedAt - start;
            if (counted.succeeded()) {
                unfinished = new Tally();
                unfinished.addAll(counted.result());
                unfinished.addAll(sinceCount);
            } else {
                changed = true;
                LOG.debug("unfinished tasks could not be counted: {}", counted.cause().getMessage());
            }
        });
    }

    private boolean isFull() {
        return unfinished.total() >= bounds.maxUnfinished()
                || unfinished.hasTenant(tasks -> tasks >= bounds.maxUnfinishedPerTenant());
    }

    private void add(long tenantId, long tasks) {
        unfinished.add(tenantId, tasks);
        sinceCount.add(tenantId, tasks);
    }

    private static Failure refusal(String who, String key, long bound) {
        return new Failure(
                ErrorCode.TOO_MANY_REQUESTS,
                who + " as many tasks waiting or running as may be: " + key + " is " + bound + ".");
    }
}
