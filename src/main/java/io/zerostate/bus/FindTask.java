package io.zerostate.bus;

import java.util.UUID;

/**
 * Answered by {@link TaskFound}, or fails with {@code TASK_NOT_FOUND}.
 */
public record FindTask(long tenantId, UUID taskId) implements BusMessage {}
