package io.zerostate.registry;

import io.zerostate.agent.Manifest;
import java.util.UUID;

/**
 * An agent to store.
 *
 * @param id UUIDv7
 * @param name matches {@link io.zerostate.agent.Agent#NAME}
 */
public record NewAgent(UUID id, long tenantId, String name, Manifest manifest, NewVersion version) {}
