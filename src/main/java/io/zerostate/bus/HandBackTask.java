package io.zerostate.bus;

import java.util.UUID;

/**
 * Put a claimed task back in line without counting a retry or a crash: its node stops, or could not start it. Answered by
 * {@link AttemptFinished}.
 */
public record HandBackTask(UUID taskId, int attempt) implements BusMessage {}
