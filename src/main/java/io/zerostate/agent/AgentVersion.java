package io.zerostate.agent;

import java.time.Instant;

/**
 * One upload of an agent. Never changes.
 *
 * @param number counts from 1 per agent
 * @param label what the uploader calls it ({@code 1.4.0}), may be empty
 */
public record AgentVersion(int number, String label, BinaryRef binary, ModuleReport report, Instant createdAt) {}
