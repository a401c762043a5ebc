package io.zerostate.bus;

import java.util.UUID;

/**
 * Take no new tasks for an agent; its old tasks and results stay. Answered by {@link AgentFound}; fails with
 * {@code AGENT_NOT_FOUND}.
 */
public record DeleteAgent(long tenantId, UUID agentId) implements BusMessage {}
