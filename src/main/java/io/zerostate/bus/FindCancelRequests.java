package io.zerostate.bus;

import java.util.List;
import java.util.UUID;

/** Which of these running tasks is somebody's wish to cancel? Answered by {@link CancelRequestsFound}. */
public record FindCancelRequests(List<UUID> taskIds) implements BusMessage {
    public FindCancelRequests {
        taskIds = List.copyOf(taskIds);
    }
}
