package io.zerostate.push;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import io.zerostate.task.ErrorCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/**
 * Refuses browsers that run another site's page: WebSockets are not bound by the same-origin policy, so the server has to look
 * (RFC 6455, section 10.2). Let in are the page's own host, pages of this machine, and the origins given. Clients that are no browser
 * send no {@code Origin}.
 */
final class SameOrigin implements Handler<RoutingContext> {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> allowed;

    /** @param allowed further origins, such as {@code https://console.example.com} */
    SameOrigin(Set<String> allowed) {
        this.allowed = Set.copyOf(allowed);
    }

    @Override
    public void handle(RoutingContext request) {
        String origin = request.request().getHeader("Origin");
        if (origin == null || allowed.contains(origin) || isOwnOrLoopback(origin, request.request().getHeader("Host"))) {
            request.next();
        } else {
            Refusal.fail(request, ErrorCode.FORBIDDEN, "Pages of this origin may not listen here");
        }
    }

    private static boolean isOwnOrLoopback(String origin, String host) {
        try {
            URI uri = new URI(origin.toLowerCase(Locale.ROOT));
            if (uri.getHost() == null) {
                return false;
            }
            return LOOPBACK.contains(uri.getHost()) || (host != null && host.toLowerCase(Locale.ROOT).equals(uri.getAuthority()));
        } catch (URISyntaxException notAnOrigin) {
            return false;
        }
    }
}
