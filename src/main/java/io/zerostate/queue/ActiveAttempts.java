package io.zerostate.queue;

import io.zerostate.bus.QueueEntry;
import io.zerostate.queue.ActiveAttempt.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Everything that this node has leased. */
final class ActiveAttempts {
    private final Map<UUID, ActiveAttempt> byTask = new HashMap<>();
    private final int[] countByPhase = new int[Phase.values().length];
    private final MemoryBudget memory;

    ActiveAttempts(MemoryBudget memory) {
        this.memory = memory;
    }

    /** A task was leased. */
    ActiveAttempt add(QueueEntry entry) {
        ActiveAttempt attempt = new ActiveAttempt(entry);
        ActiveAttempt before = byTask.put(entry.taskId(), attempt);
        if (before != null) {
            // Only a lease that was lost can be given again, so the one before has nothing left to say.
            before.loseLease();
            countByPhase[before.phase().ordinal()]--;
        }
        countByPhase[attempt.phase().ordinal()]++;
        return attempt;
    }

    /** Memory is free again with the end of the run, also of one whose lease was lost: until then it uses it. */
    void move(ActiveAttempt attempt, Phase next) {
        if (attempt.number() > 0) {
            account(attempt, next);
        }
        if (holds(attempt)) {
            countByPhase[attempt.phase().ordinal()]--;
            countByPhase[next.ordinal()]++;
        }
        attempt.enter(next);
    }

    private void account(ActiveAttempt attempt, Phase next) {
        long bytes = attempt.task().spec().memoryBytes();
        if (next == Phase.RUNNING) {
            memory.begin(bytes);
        } else if (next == Phase.ENDED && attempt.phase() == Phase.RUNNING) {
            memory.free(bytes);
        } else if (next == Phase.ENDED && attempt.phase() != Phase.ENDED) {
            memory.giveBack(bytes);
        }
    }

    /** Ends it. False when it had ended before, or when another attempt took its place. */
    boolean remove(ActiveAttempt attempt) {
        if (!byTask.remove(attempt.taskId(), attempt)) {
            return false;
        }
        countByPhase[attempt.phase().ordinal()]--;
        return true;
    }

    boolean holds(ActiveAttempt attempt) {
        return byTask.get(attempt.taskId()) == attempt;
    }

    @Nullable ActiveAttempt find(UUID taskId) {
        return byTask.get(taskId);
    }

    /** Those whose lease is to be renewed. */
    List<ActiveAttempt> underLease() {
        return byTask.values().stream().filter(attempt -> !attempt.isLeaseLost()).toList();
    }

    List<ActiveAttempt> in(Phase phase) {
        List<ActiveAttempt> found = new ArrayList<>();
        for (ActiveAttempt attempt : byTask.values()) {
            if (attempt.phase() == phase) {
                found.add(attempt);
            }
        }
        return found;
    }

    int count(Phase phase) {
        return countByPhase[phase.ordinal()];
    }

    int size() {
        return byTask.size();
    }
}
