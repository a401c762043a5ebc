package io.zerostate.app.client;

import io.vertx.core.json.JsonObject;

/** Hears the events of a stream, one after the other. */
@FunctionalInterface
public interface EventListener {
    /** @return whether to go on */
    boolean on(JsonObject event);
}
