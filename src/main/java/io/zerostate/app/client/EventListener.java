package io.zerostate.app.client;

import io.vertx.core.json.JsonObject;

/** Hears the events of a stream, one after the other. */
@FunctionalInterface
public interface EventListener {
    /** The stream is there: what happens from now on is heard. */
    default void opened() {}

    /** @return whether to go on */
    boolean on(JsonObject event);
}
