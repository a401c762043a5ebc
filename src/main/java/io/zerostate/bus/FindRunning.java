package io.zerostate.bus;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Page through all running tasks, for the reconciler. Answered by {@link RunningFound}.
 *
 * @param after the last id of the page before, or null to start
 * @param limit most entries to answer
 */
public record FindRunning(@Nullable UUID after, int limit) implements BusMessage {}
