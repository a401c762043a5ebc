package io.zerostate.bus;

import io.zerostate.task.RunReport;

/**
 * Answers {@link ExecuteTask}. The worker is idle again.
 */
public record AttemptRan(RunReport report) implements BusMessage {}
