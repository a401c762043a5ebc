package io.zerostate.bus;

import io.zerostate.agent.Agent;
import java.util.List;

/**
 * Answers {@link ListAgents}.
 */
public record AgentPage(List<Agent> agents) implements BusMessage {
    public AgentPage {
        agents = List.copyOf(agents);
    }
}
