package io.zerostate.app.node;

import io.vertx.ext.web.RoutingContext;
import io.zerostate.http.ApiKey;
import io.zerostate.push.Callers;
import io.zerostate.task.Tenant;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Whoever has the key of the node is its one tenant. */
final class KeyHolders implements Callers {
    private final ApiKey key;

    KeyHolders(ApiKey key) {
        this.key = key;
    }

    @Override
    public long tenant(RoutingContext request) {
        return Tenant.DEFAULT_ID;
    }

    @Override
    public OptionalLong tenant(RoutingContext socket, UnaryOperator<@Nullable String> header) {
        return key.isIn(socket.request()::getHeader) || key.isIn(header)
                ? OptionalLong.of(Tenant.DEFAULT_ID)
                : OptionalLong.empty();
    }
}
