package io.zerostate.bus;

import io.zerostate.agent.BinaryRef;
import io.zerostate.agent.Manifest;

/**
 * Make an agent of a binary that is in the store already. Answered by {@link AgentFound}; fails with {@code INVALID_MODULE} (reason and
 * byte offset in the text), {@code AGENT_EXISTS} or {@code LIMIT_EXCEEDED}.
 *
 * @param versionLabel what the uploader calls this version, may be empty
 */
public record RegisterAgent(long tenantId, String name, String versionLabel, Manifest manifest, BinaryRef binary)
        implements BusMessage {}
