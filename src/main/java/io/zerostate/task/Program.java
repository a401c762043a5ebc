package io.zerostate.task;

import java.util.UUID;

/**
 * What a task runs: the version of the agent that was current when the task was submitted.
 *
 * @param agentName becomes {@code argv[0]}
 * @param version counts from 1 per agent
 * @param sha256 lower-case hex digest of the module, its key in the binary store
 */
public record Program(UUID agentId, String agentName, int version, String sha256) {}
