package io.zerostate.app.command;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which part of a list. */
final class PageOptions {
    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "Show at most N, 1 to 200 (default: 50).")
    private int limit;

    @Option(names = "--cursor", paramLabel = "C", defaultValue = "", description = "Go on where an earlier list ended.")
    private String cursor;

    /** Query parameters of the list request, to which a command adds its own. */
    List<Map.Entry<String, String>> parameters() {
        return new ArrayList<>(List.of(Map.entry("limit", Integer.toString(limit)), Map.entry("cursor", cursor)));
    }

    /** What to say below the table: how to see more, or nothing. */
    static String more(JsonObject page) {
        String next = page.getString("next_cursor");
        return next == null ? "" : System.lineSeparator() + "more: --cursor " + next;
    }
}
