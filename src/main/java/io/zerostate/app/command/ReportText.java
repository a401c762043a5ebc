package io.zerostate.app.command;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.zerostate.config.Quantity;
import java.util.stream.Collectors;

/** What the node found in an uploaded module, for people. */
final class ReportText {
    private ReportText() {}

    /** Adds what is worth a line. A node of an earlier release says less. */
    static Facts addTo(Facts facts, JsonObject report) {
        return facts.add("can do", joined(report, "permissions"))
                .add("memory", memory(report))
                .add("functions", functions(report))
                .add("compiled in", report.getLong("compile_ms") == null ? null : report.getLong("compile_ms") + " ms")
                .add("made with", joined(report, "made_with"))
                .add("gate", report.getInteger("gate_version") == null ? null : "version " + report.getInteger("gate_version"))
                .add("warnings", joined(report, "warnings"));
    }

    private static String memory(JsonObject report) {
        Long minimum = report.getLong("memory_min_bytes");
        if (minimum == null) {
            return "";
        }
        Long maximum = report.getLong("memory_max_bytes");
        return Quantity.ofBytes(minimum) + " at the start"
                + (maximum == null ? "" : ", " + Quantity.ofBytes(maximum) + " at most by its own word");
    }

    private static String functions(JsonObject report) {
        Integer all = report.getInteger("functions");
        if (all == null) {
            return "";
        }
        int interpreted = report.getInteger("interpreted_functions", 0);
        return all + (interpreted == 0 ? "" : ", " + interpreted + " of them interpreted because of their size");
    }

    private static String joined(JsonObject report, String name) {
        return report.getJsonArray(name, new JsonArray()).stream().map(String::valueOf).collect(Collectors.joining("; "));
    }
}
