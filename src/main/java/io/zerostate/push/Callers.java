package io.zerostate.push;

import io.vertx.ext.web.RoutingContext;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Says on whose behalf a client listens. */
public interface Callers {
    /** The tenant of a request that was let through already. */
    long tenant(RoutingContext request);

    /**
     * The tenant of a registration on the bridge. A page cannot give headers to the request that opens its socket, so they may come with
     * the registration instead.
     *
     * @param socket the request that opened the socket
     * @param header gives a header of the registration by its name, of either case, or null
     * @return empty for nobody: the registration is refused
     */
    OptionalLong tenant(RoutingContext socket, UnaryOperator<@Nullable String> header);
}
