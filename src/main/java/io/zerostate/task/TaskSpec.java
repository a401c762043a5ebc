package io.zerostate.task;

/** What was asked for. Never changes after the task was accepted. */
public record TaskSpec(
        Program program, Input input, Limits limits, Schedule schedule, RetryPolicy retry, Labels labels) {}
