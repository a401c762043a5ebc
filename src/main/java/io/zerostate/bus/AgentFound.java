package io.zerostate.bus;

import io.zerostate.agent.Agent;

/**
 * One agent as it is now.
 */
public record AgentFound(Agent agent) implements BusMessage {}
