package io.zerostate.bus;

import java.util.UUID;

/**
 * Answered by {@link TaskCancelled}; fails with {@code TASK_NOT_FOUND}, or {@code TASK_FINISHED} when it has ended already.
 */
public record CancelTask(long tenantId, UUID taskId) implements BusMessage {}
