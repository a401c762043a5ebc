package io.zerostate.bus;

import java.util.List;
import java.util.UUID;

/**
 * Answers {@link CheckAttempts}.
 *
 * @param cancelled tasks that run as asked, and that somebody wants to cancel
 * @param stale tasks that do not run under that attempt any more
 */
public record AttemptsChecked(List<UUID> cancelled, List<UUID> stale) implements BusMessage {
    public AttemptsChecked {
        cancelled = List.copyOf(cancelled);
        stale = List.copyOf(stale);
    }
}
