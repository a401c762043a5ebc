package io.zerostate.result;

import io.vertx.core.Future;

/**
 * Which node of the cluster does what only one of them has to do: the same one until it stops or loses the store. A port of its own
 * beside {@link TaskStore}, because it is held over time.
 */
@FunctionalInterface
public interface Turn {
    /**
     * Takes the turn if it is nobody's, and makes sure of it if it is ours.
     *
     * @return whether it is ours now; fails with {@code UNAVAILABLE} when that cannot be found out
     */
    Future<Boolean> take();
}
