package io.zerostate.app.client;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Reads Server-Sent Events, as far as a node sends them: the data of each event is a JSON object. (The format:
 * <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML, section 9.2</a>.)
 */
final class EventReader {
    private static final String DATA = "data:";

    private final BufferedReader lines;

    EventReader(InputStream stream) {
        this.lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    /** Reads until the stream ends or the listener has enough, and tells whether it had. */
    boolean readAll(EventListener listener) throws IOException {
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(DATA)) {
                data.append(line.substring(DATA.length()).stripLeading()).append('\n');
            } else if (line.isEmpty() && !data.isEmpty()) {
                String json = data.toString();
                data.setLength(0);
                if (listener.wants(json) && !listener.on(new JsonObject(json))) {
                    return true;
                }
            }
        }
        return false;
    }
}
