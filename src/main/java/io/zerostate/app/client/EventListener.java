package io.zerostate.app.client;

import io.vertx.core.json.JsonObject;

/** Hears the events of a stream, one after the other. */
@FunctionalInterface
public interface EventListener {
    /** The stream is there: what happens from now on is heard. */
    default void opened() {}

    /**
     * Whether an event is worth reading. Somebody who waits for few among many is spared most of the work.
     *
     * @param json the event as it came
     */
    default boolean wants(String json) {
        return true;
    }

    /** @return whether to go on */
    boolean on(JsonObject event);
}
