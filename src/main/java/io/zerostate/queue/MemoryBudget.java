package io.zerostate.queue;

import io.zerostate.task.Limits;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The memory that this node has for the memories of its tasks. A run takes as much as its limit allows until it is over, and all of them
 * together never more than there is. What was claimed and has not begun counts like that, too, but for some tasks that are claimed ahead:
 * they begin when others have ended. Confined to the verticle's context.
 *
 * <p>What a claim will take is not known before it is answered. So it is granted what its tasks should need, judging by those before,
 * and the rest stays for another claim meanwhile; when that was too little, the next claim is granted all that is free, and alone.
 */
final class MemoryBudget {
    /** Per claim, the guess moves by this part from a large task back to what is usual. */
    private static final int FORGET = 8;

    private final long whole;
    private long used;
    private long claimed;
    private long granted;
    private long guess;
    private long ends;
    private boolean exhausted;

    /** @param whole bytes */
    MemoryBudget(long whole) {
        // So that sums stay within a long.
        this.whole = Math.min(whole, Long.MAX_VALUE / 2);
        this.guess = Math.min(whole, Limits.DEFAULT.memoryBytes());
    }

    /**
     * Leave to claim.
     *
     * @param tasks at most so many
     * @param bytes that they may take together
     */
    record Grant(int tasks, long bytes, boolean all, long endsBefore) {}

    /**
     * Sets memory aside for a claim; it has to be {@link #settle settled}.
     *
     * @param most tasks that could run, or wait for it
     * @param ahead tasks for which there need not be memory yet, of all that are claimed
     * @return null while there is no memory to claim for
     */
    @Nullable Grant grant(int most, int ahead) {
        long free = whole + ahead * guess - used - claimed - granted;
        if (exhausted || free <= 0 || most <= 0) {
            return null;
        }
        int tasks = (int) Math.min(most, free / guess);
        if (tasks == 0 && granted + claimed > 0) {
            return null;
        }
        Grant grant = tasks == 0
                ? new Grant(1, free, true, ends)
                : new Grant(tasks, tasks * guess, granted == 0 && tasks * guess == free, ends);
        granted += grant.bytes();
        return grant;
    }

    /** A claim is made again, as one claim for each of its tasks. */
    List<Grant> split(Grant grant, int parts) {
        long share = grant.bytes() / parts;
        granted -= grant.bytes() - share * parts;
        return Collections.nCopies(parts, new Grant(1, share, false, grant.endsBefore()));
    }

    /** A claim was not made, or nothing came of it. */
    void giveBack(Grant grant) {
        granted -= grant.bytes();
    }

    /**
     * A claim was answered.
     *
     * @param taken bytes of each task that was claimed
     * @param wanting bytes of each task that did not fit, but would if this node were empty
     */
    void settle(Grant grant, List<Long> taken, List<Long> wanting) {
        granted -= grant.bytes();
        long largest = 1;
        for (long bytes : taken) {
            claimed += bytes;
            largest = Math.max(largest, bytes);
        }
        if (!taken.isEmpty()) {
            guess = Math.max(largest, guess - guess / FORGET);
        }
        if (!wanting.isEmpty()) {
            guess = Math.max(guess, wanting.getFirst());
            exhausted = grant.all() && ends == grant.endsBefore();
        }
    }

    /** True when a claimed task can begin. */
    boolean hasRoomFor(long bytes) {
        return used + bytes <= whole;
    }

    /** A claimed task begins. */
    void begin(long bytes) {
        claimed -= bytes;
        used += bytes;
    }

    /** A claimed task will not begin. */
    void giveBack(long bytes) {
        claimed -= bytes;
        ends++;
        exhausted = false;
    }

    /** A run is over. */
    void free(long bytes) {
        used -= bytes;
        ends++;
        exhausted = false;
    }

    /** A run goes on beyond the end of its attempt; to be freed once more when it is over. */
    void hold(long bytes) {
        used += bytes;
    }

    /** True while all that is free was offered, and a task did not fit. */
    boolean isExhausted() {
        return exhausted;
    }

    /** The task that did not fit may have gone elsewhere. */
    void lookAgain() {
        exhausted = false;
    }

    /** True for a task that this node cannot run even when it does nothing else. */
    boolean canNeverFit(long bytes) {
        return bytes > whole;
    }

    long whole() {
        return whole;
    }

    /** By tasks that run or are about to. */
    long reserved() {
        return used + claimed;
    }
}
