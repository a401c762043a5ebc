package io.zerostate.http;

import io.vertx.core.json.JsonObject;
import io.zerostate.bus.Submission;
import io.zerostate.task.Task;

/** One item of a batch on its way from the client's text to a stored task; it may be refused at each step. */
sealed interface BatchItem {

    /** Has the form of a task. */
    record Asked(NewTask task) implements BatchItem {}

    /** Its agent was found, and it may be stored. */
    record Prepared(Submission submission) implements BatchItem {}

    /** Accepted. */
    record Stored(Task task) implements BatchItem {}

    record Refused(Problem problem) implements BatchItem {}

    /**
     * What the client gets to see.
     *
     * @param instance where in the request it stands
     */
    default JsonObject toJson(String instance, String traceId) {
        return switch (this) {
            case Stored(Task task) -> TaskJson.task(task);
            case Refused(Problem problem) -> problem.toJson(instance, traceId);
            case Asked asked -> throw new IllegalStateException("not prepared");
            case Prepared prepared -> throw new IllegalStateException("not stored");
        };
    }
}
