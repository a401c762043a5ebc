package io.zerostate.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gives every request a trace id: the one of its {@code traceparent} header (W3C Trace Context, level 1), or a new
 * random one. The answer carries it as {@code X-Trace-Id}. Event loop only.
 */
final class TraceContext implements Handler<RoutingContext> {

    static final String HEADER = "X-Trace-Id";

    private static final String KEY = "zerostate.trace_id";
    private static final int TRACE_ID_BYTES = 16;

    /** {@code version-traceid-parentid-flags}; version ff is forbidden, later versions may append fields. */
    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?");

    private static final String INVALID = "0".repeat(2 * TRACE_ID_BYTES);

    private final RandomGenerator random;

    TraceContext(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public void handle(RoutingContext context) {
        String given = traceId(context.request().getHeader("traceparent"));
        String traceId = given == null ? newTraceId() : given;
        context.put(KEY, traceId);
        context.response().putHeader(HEADER, traceId);
        context.next();
    }

    /** Returns the trace id of a request, 32 lower-case hex digits. */
    static String of(RoutingContext context) {
        String traceId = context.get(KEY);
        return traceId == null ? INVALID : traceId;
    }

    /** Returns the trace id of a {@code traceparent} value, or null when there is none or it is not valid. */
    static @Nullable String traceId(@Nullable String traceparent) {
        if (traceparent == null) {
            return null;
        }
        Matcher matcher = TRACEPARENT.matcher(traceparent.strip());
        return matcher.matches() && !matcher.group(1).equals(INVALID) ? matcher.group(1) : null;
    }

    /** Returns a new trace id, 32 lower-case hex digits. */
    String newTraceId() {
        byte[] bytes = new byte[TRACE_ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
