package io.zerostate.bus;

import io.zerostate.task.TaskSpec;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One task to accept.
 *
 * @param taskId chosen by the sender, UUIDv7
 * @param idempotency null when the client gave no {@code Idempotency-Key}
 * @param rerunOf the finished task that this one repeats, or null
 */
public record Submission(
        UUID taskId, long tenantId, TaskSpec spec, @Nullable Idempotency idempotency, @Nullable UUID rerunOf) {
    /**
     * A client's key and what it stood for.
     *
     * @param key the header's value, at most 255 characters
     * @param requestSha256 lower-case hex digest of the request, to tell a repeat from another request under the same key
     */
    public record Idempotency(String key, String requestSha256) {}
}
