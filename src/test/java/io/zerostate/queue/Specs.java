package io.zerostate.queue;

import io.zerostate.task.Bytes;
import io.zerostate.task.Input;
import io.zerostate.task.Labels;
import io.zerostate.task.Limits;
import io.zerostate.task.Priority;
import io.zerostate.task.Program;
import io.zerostate.task.RetryPolicy;
import io.zerostate.task.Schedule;
import io.zerostate.task.TaskSpec;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the tests of dispatch submit. */
final class Specs {
    private Specs() {}

    static TaskSpec plain() {
        return with(RetryPolicy.DEFAULT, Limits.DEFAULT);
    }

    static TaskSpec retriedAfter(long delayMs) {
        return with(new RetryPolicy(3, delayMs, 1, RetryPolicy.RETRYABLE), Limits.DEFAULT);
    }

    /** Has a timeout, and no retry. */
    static TaskSpec stopsAfter(long timeoutMs) {
        return with(new RetryPolicy(0, 0, 1, RetryPolicy.RETRYABLE), new Limits(timeoutMs, 1, 1, 1));
    }

    static TaskSpec needing(long memoryBytes) {
        return with(RetryPolicy.DEFAULT, new Limits(10_000, memoryBytes, 1, 1));
    }

    private static TaskSpec with(RetryPolicy retry, Limits limits) {
        return new TaskSpec(
                new Program(new UUID(0, 1), "agent", 1, "0".repeat(64)),
                new Input(Bytes.EMPTY, List.of(), Map.of()),
                limits,
                new Schedule(Priority.NORMAL, Schedule.AT_ONCE),
                retry,
                Labels.NONE);
    }
}
