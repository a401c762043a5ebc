package io.zerostate.bus;

import java.util.List;
import java.util.UUID;

/** Which of these tasks run, under which attempt? Answered by {@link RunningFound}. */
public record FindAttempts(List<UUID> taskIds) implements BusMessage {
    public FindAttempts {
        taskIds = List.copyOf(taskIds);
    }
}
