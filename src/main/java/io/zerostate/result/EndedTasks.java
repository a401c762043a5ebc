package io.zerostate.result;

import io.vertx.core.Future;
import java.time.Instant;

/**
 * What has ended and is still kept. A port of its own beside {@link TaskStore}: it takes away what that one promises to keep. With a task go
 * its attempts, its result and its idempotency key. Each call is one short transaction.
 */
public interface EndedTasks {
    /**
     * Removes tasks that ended before {@code time}, those first that were submitted first.
     *
     * @param limit of tasks to remove at most
     * @return how many were removed; fewer than the limit when there are no others
     */
    Future<Integer> removeBefore(Instant time, int limit);

    /**
     * Removes tasks that have ended and are not among the newest.
     *
     * @param keep how many tasks are the newest, ended or not
     * @param limit of tasks to remove at most
     * @return how many were removed; fewer than the limit when there are no others
     */
    Future<Integer> removeBeyond(long keep, int limit);
}
