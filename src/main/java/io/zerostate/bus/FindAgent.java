package io.zerostate.bus;

/**
 * Answered by {@link AgentFound}, also for a deleted agent; fails with {@code AGENT_NOT_FOUND}.
 *
 * @param idOrName a UUID, or the name of an agent that was not deleted
 */
public record FindAgent(long tenantId, String idOrName) implements BusMessage {}
