package io.zerostate.bus;

import io.zerostate.task.TaskResult;
import java.util.List;

/**
 * Answers {@link ListResults}. Of each output stream only the first {@link #OUTPUT_BYTES} are here, marked as cut when there is
 * more: pages are for overview, and 200 whole outputs do not fit in a message.
 */
public record ResultPage(List<TaskResult> results) implements BusMessage {
    /** Most bytes of one output stream in a page. */
    public static final int OUTPUT_BYTES = 16 * 1024;

    public ResultPage {
        results = List.copyOf(results);
    }
}
