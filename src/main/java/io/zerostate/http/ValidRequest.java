package io.zerostate.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters and the JSON body of a request that has the form its operation describes.
 *
 * @param parameters by name, those that were given, as String, Long, Double, Boolean or List of String
 * @param body the JSON value, null when the operation takes no JSON body
 */
record ValidRequest(Map<String, Object> parameters, @Nullable Object body) {

    private static final String KEY = "zerostate.valid_request";

    /** Returns the request that {@link RequestValidation} found valid. */
    static ValidRequest of(RoutingContext context) {
        ValidRequest request = context.get(KEY);
        if (request == null) {
            throw new IllegalStateException("no validation on this route");
        }
        return request;
    }

    void putInto(RoutingContext context) {
        context.put(KEY, this);
    }

    @Nullable String string(String name) {
        return (String) parameters.get(name);
    }

    String requiredString(String name) {
        return (String) parameters.get(name);
    }

    int integer(String name, int otherwise) {
        return parameters.get(name) instanceof Number number ? number.intValue() : otherwise;
    }

    @SuppressWarnings("unchecked")
    List<String> strings(String name) {
        return (List<String>) parameters.getOrDefault(name, List.of());
    }

    JsonObject object() {
        return body instanceof JsonObject object ? object : new JsonObject();
    }

    JsonArray array() {
        return body instanceof JsonArray array ? array : new JsonArray();
    }
}
