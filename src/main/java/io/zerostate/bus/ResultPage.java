package io.zerostate.bus;

import io.zerostate.task.TaskResult;
import java.util.List;

/**
 * Answers {@link ListResults}.
 */
public record ResultPage(List<TaskResult> results) implements BusMessage {
    public ResultPage {
        results = List.copyOf(results);
    }
}
