package io.zerostate.bus;

import io.zerostate.agent.BinaryRef;
import io.zerostate.agent.Manifest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Make this binary the current version of an agent. Answered by {@link AgentFound}; fails as {@link RegisterAgent} does and with
 * {@code AGENT_NOT_FOUND}.
 *
 * @param manifest null to keep what the agent has
 */
public record AddAgentVersion(
        long tenantId, UUID agentId, String versionLabel, @Nullable Manifest manifest, BinaryRef binary)
        implements BusMessage {}
