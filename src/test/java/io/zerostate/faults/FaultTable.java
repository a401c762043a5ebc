package io.zerostate.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** What was injected and what was observed, a row for each fault. */
final class FaultTable {
    private static final List<String> HEAD = List.of(
            "fault",
            "accepted",
            "completed",
            "failed",
            "cancelled",
            "lost",
            "duplicated",
            "stale refused",
            "retries",
            "crashes",
            "extra attempts",
            "recovery",
            "verdict",
            "observed");

    private final String title;
    private final List<Row> rows = new CopyOnWriteArrayList<>();

    /** @param title with the seed, which repeats the run */
    FaultTable(String title) {
        this.title = title;
    }

    /**
     * One fault.
     *
     * @param staleFinishes results that were refused because their attempt was over
     * @param recovery from the end of the fault until everything accepted before it had ended
     * @param violations of the invariants; empty when all is well
     * @param observed in words
     */
    record Row(
            String fault, Figures figures, long staleFinishes, Duration recovery, List<String> violations, String observed) {
        private List<String> cells() {
            return List.of(
                    fault,
                    Long.toString(figures.accepted()),
                    Long.toString(figures.completed()),
                    Long.toString(figures.failed()),
                    Long.toString(figures.cancelled()),
                    Long.toString(figures.lost()),
                    Long.toString(figures.duplicated()),
                    Long.toString(staleFinishes),
                    Long.toString(figures.retries()),
                    Long.toString(figures.crashes()),
                    Long.toString(figures.extraAttempts()),
                    String.format(Locale.ROOT, "%.1f s", recovery.toMillis() / 1000.0),
                    violations.isEmpty() ? "ok" : violations.size() + " VIOLATIONS",
                    observed);
        }
    }

    void add(Row row) {
        rows.add(row);
    }

    /** Prints it, and keeps it in a file. */
    void print(Path file) throws IOException {
        List<List<String>> lines = new ArrayList<>(List.of(HEAD));
        rows.forEach(row -> lines.add(row.cells()));
        int[] widths = new int[HEAD.size()];
        lines.forEach(cells -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], cells.get(i).length());
            }
        });
        List<String> text = new ArrayList<>(List.of(title, ""));
        lines.forEach(cells -> text.add(line(cells, widths)));
        text.add(3, line(HEAD.stream().map(head -> "-").toList(), widths).replace("- ", "--").replace(" -", "--"));
        Files.createDirectories(file.getParent());
        Files.write(file, text);
        System.out.println(String.join("\n", text));
    }

    private static String line(List<String> cells, int[] widths) {
        List<String> padded = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            padded.add(String.format("%-" + widths[i] + "s", cells.get(i)));
        }
        return padded.stream().collect(Collectors.joining(" | ", "| ", " |"));
    }
}
