package io.zerostate.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import org.jspecify.annotations.Nullable;

/** Reads JSON text from a client. */
final class JsonText {

    private JsonText() {}

    /**
     * Returns the value, a JSON type of Vert.x.
     *
     * @throws ProblemException 400 when the text is not exactly one JSON value
     */
    static @Nullable Object parse(Buffer text) {
        try {
            return Json.decodeValue(text);
        } catch (DecodeException e) {
            throw Problem.malformed("The body is not JSON: " + firstLine(e)).exception();
        }
    }

    /** Keeps the parser's reason and leaves out where in our memory it stood. */
    private static String firstLine(DecodeException e) {
        String message = String.valueOf(e.getMessage()).replaceFirst("^Failed to decode: ?", "");
        String reason = message.lines().findFirst().orElse("unexpected end");
        return reason.replaceAll(" at \\[Source.*|\\(start marker at.*", "").strip();
    }
}
