package io.zerostate.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import io.zerostate.task.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request through when it carries the node's API key, as {@code Authorization: Bearer KEY} (RFC 6750) or as
 * {@code X-API-Key: KEY}.
 */
final class ApiKey implements Handler<RoutingContext> {

    private static final String BEARER = "Bearer ";

    private final byte[] key;

    /** @param key what requests must carry; empty lets everything through */
    ApiKey(String key) {
        this.key = key.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void handle(RoutingContext context) {
        if (key.length > 0 && !matches(given(context))) {
            throw Problem.of(ErrorCode.UNAUTHORIZED, "An API key is needed in Authorization or X-API-Key.").exception();
        }
        context.next();
    }

    private static @Nullable String given(RoutingContext context) {
        String authorization = context.request().getHeader("Authorization");
        return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length()).strip()
                : context.request().getHeader("X-API-Key");
    }

    /** Takes the same time wherever the first difference is. */
    private boolean matches(@Nullable String given) {
        return given != null && MessageDigest.isEqual(key, given.getBytes(StandardCharsets.UTF_8));
    }
}
