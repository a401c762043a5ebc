package io.zerostate.bus;

import java.util.UUID;

/**
 * Answered by {@link ResultFound}; fails with {@code TASK_NOT_FOUND}, or {@code TASK_NOT_FINISHED} before the task has ended.
 */
public record FindResult(long tenantId, UUID taskId) implements BusMessage {}
