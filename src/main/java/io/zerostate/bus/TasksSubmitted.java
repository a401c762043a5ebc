package io.zerostate.bus;

import io.zerostate.task.Failure;
import io.zerostate.task.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@link SubmitTasks}: per submission the stored task or why it was refused, in the order of the submissions.
 */
public record TasksSubmitted(List<Answer> answers) implements BusMessage {
    public TasksSubmitted {
        answers = List.copyOf(answers);
    }

    /**
     * Exactly one of task and refusal is set.
     *
     * @param task the stored task; an older one when the idempotency key was seen before
     * @param refusal why nothing was stored
     */
    public record Answer(@Nullable Task task, @Nullable Failure refusal) {}
}
