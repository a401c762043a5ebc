package io.zerostate.push;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why the bridge does not do what a client asks. On the wire an {@code err} message of the Vert.x bridge protocol: {@code body} has the
 * name that Vert.x gives it, and where it is about an address, that address brings it to the client's handler of it.
 */
enum BridgeProblem {
    INVALID_JSON("Not a JSON object"),
    MISSING_TYPE("The message has no type"),
    INVALID_TYPE("The message is of no known type"),
    MISSING_ADDRESS("The message has no address"),
    REJECTED("Clients only listen here; what they want done they ask of the HTTP API"),
    ACCESS_DENIED("There is nothing to listen to at this address, or not for you"),
    NOT_LOGGED_IN("An API key is needed, in the header authorization or x-api-key"),
    INVALID_LAST_EVENT_ID("last-event-id is not the id of an event of this task"),
    MAX_HANDLERS_REACHED("This socket listens to as many addresses as it may"),
    TOO_MANY_SOCKETS("This client has as many connections as it may"),
    UNAVAILABLE("The task could not be asked for; try again later");

    private final String message;

    BridgeProblem(String message) {
        this.message = message;
    }

    /** @param address what it is about, or null */
    String encoded(@Nullable String address) {
        JsonObject problem = new JsonObject().put("type", "err").put("body", wireName());
        if (address != null) {
            problem.put("address", address);
        }
        return problem.put("failureCode", ordinal() + 1)
                .put("failureType", wireName())
                .put("message", message)
                .encode();
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
