package io.zerostate.bus;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Page through all waiting tasks, for the reconciler. Answered by {@link WaitingFound}.
 *
 * @param after the last id of the page before, or null to start
 * @param limit most entries to answer
 */
public record FindWaiting(@Nullable UUID after, int limit) implements BusMessage {}
