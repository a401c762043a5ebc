package io.zerostate.bus;

import java.util.List;

/**
 * Store these tasks; the commit is the acceptance. Answered by {@link TasksSubmitted}, in the same order.
 */
public record SubmitTasks(List<Submission> submissions) implements BusMessage {
    public SubmitTasks {
        submissions = List.copyOf(submissions);
    }
}
