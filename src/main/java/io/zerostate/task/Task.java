package io.zerostate.task;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task as stored.
 *
 * @param id UUIDv7, chosen before the insert
 * @param tenantId who it belongs to
 * @param rerunOf the finished task that this one repeats
 */
public record Task(
        UUID id, long tenantId, TaskSpec spec, TaskProgress progress, Instant createdAt, @Nullable UUID rerunOf) {
    /** Where it stands, as its progress says. */
    public TaskState state() {
        return progress.state();
    }
}
