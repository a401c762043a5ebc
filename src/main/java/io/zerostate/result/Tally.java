package io.zerostate.result;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongPredicate;

/** Tasks by tenant, and all together. */
final class Tally {
    private final Map<Long, Long> byTenant = new HashMap<>();
    private long total;

    /** So many tasks of this tenant more, or less when negative. */
    void add(long tenantId, long tasks) {
        byTenant.merge(tenantId, tasks, Long::sum);
        total += tasks;
    }

    void addAll(Map<Long, Long> tasksByTenant) {
        tasksByTenant.forEach(this::add);
    }

    void addAll(Tally other) {
        addAll(other.byTenant);
    }

    long of(long tenantId) {
        return byTenant.getOrDefault(tenantId, 0L);
    }

    long total() {
        return total;
    }

    boolean hasTenant(LongPredicate tasks) {
        return byTenant.values().stream().anyMatch(tasks::test);
    }
}
