package io.zerostate.bus;

import java.util.List;
import java.util.UUID;

/** These waiting tasks were cancelled: take them out of line. A hint: a claim would not get them anyway. */
public record WithdrawTasks(List<UUID> taskIds) implements BusMessage {
    public WithdrawTasks {
        taskIds = List.copyOf(taskIds);
    }
}
