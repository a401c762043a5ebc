package io.zerostate.bus;

import java.util.List;
import java.util.UUID;

/** Answers {@link FindCancelRequests} with those that run and are to be cancelled. */
public record CancelRequestsFound(List<UUID> taskIds) implements BusMessage {
    public CancelRequestsFound {
        taskIds = List.copyOf(taskIds);
    }
}
