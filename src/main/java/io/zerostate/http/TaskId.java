package io.zerostate.http;

import io.vertx.ext.web.RoutingContext;
import java.util.UUID;

/** The id in the path of a task's routes. */
final class TaskId {

    private static final int LENGTH = 36;

    private TaskId() {}

    /** @throws ProblemException 400 when it is no UUID in its usual form */
    static UUID of(RoutingContext context) {
        String text = ValidRequest.of(context).requiredString("id");
        try {
            if (text.length() == LENGTH) {
                return UUID.fromString(text);
            }
        } catch (IllegalArgumentException notAUuid) {
            // Answered below, like a text of the wrong length.
        }
        throw Problem.invalidParameter("id", "must be a UUID").exception();
    }
}
