package io.zerostate.result;

import io.zerostate.task.Failure;
import io.zerostate.task.Task;

/** What became of one submission. */
public sealed interface SubmitAnswer {
    /** The task was stored now. */
    record Accepted(Task task) implements SubmitAnswer {}

    /** The same request was accepted before, and this is its task as it is now. */
    record Known(Task task) implements SubmitAnswer {}

    /** Nothing was stored. */
    record Refused(Failure reason) implements SubmitAnswer {}
}
