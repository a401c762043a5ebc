package io.zerostate.http;

import io.vertx.core.json.JsonObject;

/**
 * What is wrong with one part of a request; an item of {@code errors} in a problem.
 *
 * @param in whether the part is in the body or a parameter
 * @param name for the body a JSON pointer in its URI fragment form (RFC 6901 section 6, as in the example of RFC
 *     9457), for a parameter its name
 * @param detail what is wrong, to be read after the name
 */
record FieldError(Place in, String name, String detail) {

    enum Place { BODY, PARAMETER }

    static FieldError body(String pointer, String detail) {
        return new FieldError(Place.BODY, pointer, detail);
    }

    static FieldError parameter(String name, String detail) {
        return new FieldError(Place.PARAMETER, name, detail);
    }

    JsonObject toJson() {
        String key = switch (in) {
            case BODY -> "pointer";
            case PARAMETER -> "parameter";
        };
        return new JsonObject().put(key, name).put("detail", detail);
    }
}
