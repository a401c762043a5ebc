package io.zerostate.bus;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of results, newest first. Answered by {@link ResultPage}.
 *
 * @param agentId null for any agent
 * @param before only results of tasks with an id below this one, or null to start
 * @param limit most results to answer, 1 to 200
 */
public record ListResults(long tenantId, @Nullable UUID agentId, @Nullable UUID before, int limit) implements BusMessage {}
