package io.zerostate.bus;

import java.util.List;
import java.util.UUID;

/** Are these attempts still to be run? Answered by {@link AttemptsChecked}. */
public record CheckAttempts(List<Held> attempts) implements BusMessage {
    public CheckAttempts {
        attempts = List.copyOf(attempts);
    }

    /** An attempt that a node takes for its own. */
    public record Held(UUID taskId, int attempt) {}
}
