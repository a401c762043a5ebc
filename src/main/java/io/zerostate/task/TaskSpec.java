package io.zerostate.task;

/** What was asked for. Never changes after the task was accepted. */
public record TaskSpec(
        Program program, Input input, Limits limits, Schedule schedule, RetryPolicy retry, Labels labels) {
    /** What a run may take of its node's memory, in bytes: linear memory, and files if it has any. */
    public long memoryBytes() {
        return limits.memoryBytes() + (input.files() == null ? 0 : limits.fileBytes());
    }
}
