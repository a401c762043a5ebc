package io.zerostate.result;

import io.zerostate.task.TaskState;
import java.time.Instant;

/** What became of the report of one attempt. */
public sealed interface FinishAnswer {
    /** The report was of the current attempt, and is stored. */
    record Stored(TaskChange change) implements FinishAnswer {}

    /** The attempt was not running any more. Nothing was changed; the task is in {@code state}. */
    record Stale(TaskState state, Instant nextRunAt) implements FinishAnswer {}

    /** There is no such task. */
    record Unknown() implements FinishAnswer {}
}
