package io.zerostate.bus;

import java.util.UUID;

/**
 * All versions of an agent, newest first. Answered by {@link AgentVersions}; fails with {@code AGENT_NOT_FOUND}.
 */
public record ListAgentVersions(long tenantId, UUID agentId) implements BusMessage {}
