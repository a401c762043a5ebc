package io.zerostate.bus;

import java.time.Instant;
import java.util.UUID;

/**
 * A waiting task as the queue sees it.
 *
 * @param rank lower runs first; a {@link io.zerostate.task.Priority#rank()} or
 *     {@link io.zerostate.task.Priority#HEAD_OF_LINE}
 * @param runAt not to be leased before this
 */
public record QueueEntry(UUID taskId, int rank, Instant runAt) {}
