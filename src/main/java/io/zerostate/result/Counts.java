package io.zerostate.result;

import io.vertx.core.Future;
import io.zerostate.bus.TasksCounted;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Counts of the line for everybody who asks, however many there are. A count reads every task that has not ended: who asks while one is
 * under way shares it, and one that took long is told again for some time, so that counting never takes more than a part of the time.
 *
 * <p>Used on one event loop only.
 */
final class Counts {
    /** A count that took long is told again for this many times as long. */
    private static final int KEEP = 10;

    /** What is quicker than this is counted anew for each. */
    private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final TaskStore store;
    private final Map<Long, Count> byTenant = new HashMap<>();

    Counts(TaskStore store) {
        this.store = store;
    }

    private static final class Count {
        private final Future<TasksCounted> answer;
        private final long start = System.nanoTime();
        private long took;

        private Count(Future<TasksCounted> answer) {
            this.answer = answer;
        }

        private boolean isFresh(long now) {
            return !answer.isComplete() || took >= QUICK_NANOS && now - start < took * (KEEP + 1);
        }
    }

    Future<TasksCounted> of(long tenantId) {
        long now = System.nanoTime();
        byTenant.values().removeIf(count -> !count.isFresh(now));
        return byTenant.computeIfAbsent(tenantId, this::count).answer;
    }

    private Count count(long tenantId) {
        Count count = new Count(store.count(tenantId));
        // One that failed took no time worth keeping it for.
        count.answer.onSuccess(counted -> count.took = System.nanoTime() - count.start);
        return count;
    }
}
