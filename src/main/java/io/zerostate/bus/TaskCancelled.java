package io.zerostate.bus;

import io.zerostate.task.Task;

/**
 * Answers {@link CancelTask}: the task is cancelled, or still running and being stopped (see its state).
 */
public record TaskCancelled(Task task) implements BusMessage {}
