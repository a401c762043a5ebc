package io.zerostate.bus;

import io.zerostate.task.TaskResult;

/**
 * Answers {@link FindResult}.
 */
public record ResultFound(TaskResult result) implements BusMessage {}
