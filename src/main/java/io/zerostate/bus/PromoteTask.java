package io.zerostate.bus;

import java.util.UUID;

/**
 * Let a waiting task run next, whatever its priority and time. Answered by {@link TaskPromoted}; fails with
 * {@code TASK_NOT_FOUND}, {@code TASK_RUNNING} or {@code TASK_FINISHED}.
 */
public record PromoteTask(long tenantId, UUID taskId) implements BusMessage {}
