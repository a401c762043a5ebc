package io.zerostate.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import io.zerostate.task.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request through when it carries the node's API key, as {@code Authorization: Bearer KEY} (RFC 6750) or as
 * {@code X-API-Key: KEY}.
 */
public final class ApiKey implements Handler<RoutingContext> {

    private static final String BEARER = "Bearer ";

    private final byte[] key;

    /** @param key what requests must carry; empty lets everything through */
    public ApiKey(String key) {
        this.key = key.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void handle(RoutingContext context) {
        if (!isIn(context.request()::getHeader)) {
            throw Problem.of(ErrorCode.UNAUTHORIZED, "An API key is needed in Authorization or X-API-Key.").exception();
        }
        context.next();
    }

    /**
     * True when the key is among these headers, or none is needed.
     *
     * @param header gives a header by its name, of either case, or null
     */
    public boolean isIn(UnaryOperator<@Nullable String> header) {
        return key.length == 0 || matches(given(header));
    }

    private static @Nullable String given(UnaryOperator<@Nullable String> header) {
        String authorization = header.apply("Authorization");
        return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length()).strip()
                : header.apply("X-API-Key");
    }

    /** Takes the same time wherever the first difference is. */
    private boolean matches(@Nullable String given) {
        return given != null && MessageDigest.isEqual(key, given.getBytes(StandardCharsets.UTF_8));
    }
}
