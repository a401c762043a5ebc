package io.zerostate.app.command;

import io.vertx.core.json.JsonObject;
import io.zerostate.app.bench.BenchResult;
import io.zerostate.app.bench.LatencySummary;
import io.zerostate.app.bench.Stage;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a load showed, for people and for machines. */
final class BenchText {
    private static final double MICROS_PER_MILLI = 1_000;

    private final JsonObject agent;
    private final String load;
    private final BenchResult result;

    /**
     * @param agent that was run, as the node shows it
     * @param load what was sent, in words
     */
    BenchText(JsonObject agent, String load, BenchResult result) {
        this.agent = agent;
        this.load = load;
        this.result = result;
    }

    JsonObject json() {
        JsonObject latencies = new JsonObject();
        result.latencies().forEach((stage, latency) -> latencies.put(stage.words().replace(' ', '_'), json(latency)));
        return new JsonObject()
                .put("agent_id", agent.getString("id"))
                .put("agent_name", agent.getString("name"))
                .put("load", load)
                .put("sent", result.sent())
                .put("accepted", result.accepted())
                .put("completed", result.completed())
                .put("unseen", result.unseen())
                .put("lost", result.lost())
                .put("refused", counts(result.refused()))
                .put("failed", counts(result.failed()))
                .put("submitted_per_s", tenths(result.rates().submitted()))
                .put("ended_per_s", tenths(result.rates().ended()))
                .put("latency_us", latencies);
    }

    @Override
    public String toString() {
        Facts facts = new Facts()
                .add("agent", agent.getString("name") + " (" + agent.getString("id") + "), " + agent.getLong("size_bytes") + " bytes")
                .add("load", load)
                .add("submitted", result.accepted() + " tasks, " + tenths(result.rates().submitted()) + "/s")
                .add("ended", (result.accepted() - result.lost()) + " tasks, " + tenths(result.rates().ended()) + "/s")
                .add("refused", words(result.refused()) + (result.refused().isEmpty() ? "" : "; the first: " + result.refusal()))
                .add("failed", words(result.failed()))
                .add("not seen", result.unseen() == 0 ? null : result.unseen() + " ended while the stream of events was broken")
                .add("lost", result.lost());
        return facts + System.lineSeparator() + System.lineSeparator() + latencies() + System.lineSeparator() + System.lineSeparator()
                + "Milliseconds. Queue, run, store and around make up the whole; they are of "
                + result.latencies().get(Stage.QUEUE).count() + " of these tasks, see docs/performance.md.";
    }

    private Table latencies() {
        Table table = new Table("", "P50", "P90", "P99", "MAX");
        for (Stage stage : Stage.values()) {
            LatencySummary latency = result.latencies().get(stage);
            table.row(stage.words(), millis(latency.p50()), millis(latency.p90()), millis(latency.p99()), millis(latency.max()));
        }
        return table;
    }

    private static JsonObject json(LatencySummary latency) {
        return new JsonObject()
                .put("count", latency.count())
                .put("mean", latency.mean())
                .put("p50", latency.p50())
                .put("p90", latency.p90())
                .put("p99", latency.p99())
                .put("max", latency.max());
    }

    private static JsonObject counts(Map<String, Long> counts) {
        return new JsonObject(new TreeMap<>(counts));
    }

    private static String words(Map<String, Long> counts) {
        return counts.isEmpty()
                ? "0"
                : new TreeMap<>(counts).entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey())
                        .collect(Collectors.joining(", "));
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.1f", micros / MICROS_PER_MILLI);
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
