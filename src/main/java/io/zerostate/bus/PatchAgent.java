package io.zerostate.bus;

import io.zerostate.task.LimitOverrides;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Change what an agent says of itself. Answered by {@link AgentFound}; fails with {@code AGENT_NOT_FOUND}, {@code AGENT_EXISTS},
 * {@code AGENT_DELETED} or {@code LIMIT_EXCEEDED}. Null keeps a field.
 */
public record PatchAgent(
        long tenantId,
        UUID agentId,
        @Nullable String name,
        @Nullable String description,
        @Nullable List<String> capabilities,
        @Nullable LimitOverrides limits)
        implements BusMessage {
    public PatchAgent {
        capabilities = capabilities == null ? null : List.copyOf(capabilities);
    }
}
