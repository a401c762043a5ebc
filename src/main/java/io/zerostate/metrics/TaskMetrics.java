package io.zerostate.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.zerostate.task.TaskState;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** What becomes of tasks, as counted by the node that stored it. Safe from any thread; takes well under a microsecond. */
public final class TaskMetrics {
    private final MeterRegistry registry;
    private final Map<TaskState, Counter> changes = new EnumMap<>(TaskState.class);
    private final Timer queueWait;
    private final Counter staleFinishes;
    private final Counter removals;

    /** Call once per registry: meters are registered here. */
    public TaskMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (TaskState state : TaskState.values()) {
            changes.put(
                    state,
                    Counter.builder("zerostate.tasks.changes")
                            .description("Changes of a task's state, by the state that was entered")
                            .tag("state", state.wireName())
                            .register(registry));
        }
        queueWait = Timer.builder("zerostate.tasks.queue.wait")
                .description("From the time an attempt was due to its start")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        staleFinishes = Counter.builder("zerostate.tasks.finishes.stale")
                .description("Reports of attempts that were not current any more, and were refused")
                .register(registry);
        removals = Counter.builder("zerostate.tasks.removed")
                .description("Ended tasks that were removed because they had been kept long enough")
                .register(registry);
    }

    /** Ended tasks are not kept any longer. */
    public void removed(int tasks) {
        removals.increment(tasks);
    }

    /** A task entered {@code state}. */
    public void changed(TaskState state) {
        changes.get(state).increment();
    }

    /** An attempt began, {@code wait} after it was due. */
    public void attemptStarted(Duration wait) {
        queueWait.record(wait);
    }

    /**
     * An attempt ended.
     *
     * @param outcome {@code completed}, {@code handed_back} or the kind of its failure
     */
    public void attemptEnded(String outcome) {
        registry.counter("zerostate.tasks.attempts", "outcome", outcome).increment();
    }

    /** A report was refused because its attempt was not current. */
    public void finishRefused() {
        staleFinishes.increment();
    }

    /**
     * A statement on the store of tasks was answered.
     *
     * @param operation the store's method
     * @param outcome {@code ok}, or the kind of the refusal, or {@code internal}
     */
    public void statement(String operation, String outcome, Duration time) {
        registry.timer("zerostate.store.statements", "operation", operation, "outcome", outcome)
                .record(time);
    }
}
