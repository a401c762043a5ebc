package io.zerostate.bus;

import io.zerostate.task.Attempt;
import io.zerostate.task.Task;
import java.util.List;

/**
 * Answers {@link FindTask}.
 *
 * @param attempts in order
 */
public record TaskFound(Task task, List<Attempt> attempts) implements BusMessage {
    public TaskFound {
        attempts = List.copyOf(attempts);
    }
}
