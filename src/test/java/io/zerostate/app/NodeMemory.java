package io.zerostate.app;

import java.nio.file.Path;
import java.util.Locale;

/**
 * What a node holds once it has collected its garbage, as it says itself.
 *
 * @param heapBytes in use
 * @param metaspaceBytes in use by classes
 */
record NodeMemory(long heapBytes, long metaspaceBytes) {
    static NodeMemory afterCollection(ChildNode node) throws Exception {
        Process collect = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(node.process().pid()),
                        "GC.run")
                .redirectErrorStream(true)
                .start();
        String said = new String(collect.getInputStream().readAllBytes());
        if (collect.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
        String metrics = node.client().get("/metrics").text();
        return new NodeMemory(sum(metrics, "area=\"heap\""), sum(metrics, "id=\"Metaspace\""));
    }

    private static long sum(String metrics, String label) {
        long sum = metrics.lines()
                .filter(line -> line.startsWith("zerostate_jvm_memory_used_bytes") && line.contains(label))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
        if (sum == 0) {
            throw new IllegalStateException("no figure of " + label);
        }
        return sum;
    }

    @Override
    public String toString() {
        double mib = 1 << 20;
        return String.format(Locale.ROOT, "heap %.1f MiB, metaspace %.1f MiB", heapBytes / mib, metaspaceBytes / mib);
    }
}
