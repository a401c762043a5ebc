package io.zerostate.agent;

import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An uploaded program.
 *
 * @param id UUIDv7
 * @param name unique per tenant among agents that were not deleted
 * @param current the version that new tasks run
 * @param deletedAt null while it takes new tasks
 */
public record Agent(
        UUID id,
        long tenantId,
        String name,
        Manifest manifest,
        AgentVersion current,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt) {
    /** Names start with a letter or digit, so that none looks like a path or an option, and stay short enough for a log line. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
}
