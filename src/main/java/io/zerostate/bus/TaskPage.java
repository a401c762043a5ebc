package io.zerostate.bus;

import io.zerostate.task.Task;
import java.util.List;

/**
 * Answers {@link ListTasks}. Full pages may be followed by another. Inputs are left out (empty stdin): pages are for overview.
 */
public record TaskPage(List<Task> tasks) implements BusMessage {
    public TaskPage {
        tasks = List.copyOf(tasks);
    }
}
