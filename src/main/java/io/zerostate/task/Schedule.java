package io.zerostate.task;

import java.time.Instant;

/**
 * When a task may run.
 *
 * @param runAt not before this
 */
public record Schedule(Priority priority, Instant runAt) {}
