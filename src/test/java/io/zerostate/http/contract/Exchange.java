package io.zerostate.http.contract;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/** An answer as it came. */
record Exchange(int status, HttpHeaders headers, byte[] body) {

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** The media type without its parameters, empty for none. */
    String mediaType() {
        return header("Content-Type").split(";")[0].strip();
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    JsonObject json() {
        return new JsonObject(text());
    }
}
