package io.zerostate.bus;

import io.zerostate.agent.AgentVersion;
import java.util.List;

/**
 * Answers {@link ListAgentVersions}.
 */
public record AgentVersions(List<AgentVersion> versions) implements BusMessage {
    public AgentVersions {
        versions = List.copyOf(versions);
    }
}
