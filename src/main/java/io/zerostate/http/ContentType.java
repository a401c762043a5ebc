package io.zerostate.http;

import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.PlatformHandler;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Refuses a body whose media type the operation does not take, before any of it is read. */
final class ContentType implements PlatformHandler {

    static final String JSON = "application/json";
    static final String NDJSON = "application/x-ndjson";
    static final String WASM = "application/wasm";
    static final String MULTIPART = "multipart/form-data";
    static final String OCTET_STREAM = "application/octet-stream";
    static final String PROBLEM = "application/problem+json";

    private final List<String> taken;

    /** @param taken media types in lower case, at least one */
    ContentType(List<String> taken) {
        this.taken = taken;
    }

    @Override
    public void handle(RoutingContext context) {
        String given = of(context);
        if (given == null || !taken.contains(given)) {
            throw Problem.unsupportedMediaType(given, taken).exception();
        }
        context.next();
    }

    /** Returns the media type of a request's body in lower case and without parameters, null when it names none. */
    static @Nullable String of(RoutingContext context) {
        String header = context.request().getHeader("Content-Type");
        if (header == null) {
            return null;
        }
        int parameters = header.indexOf(';');
        return (parameters < 0 ? header : header.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }
}
