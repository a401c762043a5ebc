package io.zerostate.bus;

import io.zerostate.task.Task;

/**
 * Answers {@link PromoteTask}.
 */
public record TaskPromoted(Task task) implements BusMessage {}
