package io.zerostate.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One try at running a task.
 *
 * @param number the fencing token, from 1
 * @param node the node that leased it
 * @param end null while it runs
 */
public record Attempt(int number, String node, Instant startedAt, @Nullable AttemptEnd end) {}
