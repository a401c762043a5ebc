package io.zerostate.app;

import java.nio.file.Path;
import java.util.Locale;

/**
 * What a node holds once it has collected its garbage, as it says itself.
 *
 * @param heapBytes in use
 * @param metaspaceBytes in use by classes
 * @param modulesBytes of the heap that prepared modules take, by estimate, because the node may need them again
 */
record NodeMemory(long heapBytes, long metaspaceBytes, long modulesBytes) {
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
        return new NodeMemory(
                sum(metrics, "zerostate_jvm_memory_used_bytes", "area=\"heap\""),
                sum(metrics, "zerostate_jvm_memory_used_bytes", "id=\"Metaspace\""),
                sum(metrics, "zerostate_module_cache_weight_bytes", ""));
    }

    long withoutModules() {
        return heapBytes - modulesBytes;
    }

    private static long sum(String metrics, String meter, String label) {
        return metrics.lines()
                .filter(line -> line.startsWith(meter) && line.contains(label))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Override
    public String toString() {
        double mib = 1 << 20;
        return String.format(Locale.ROOT, "heap %.1f MiB, metaspace %.1f MiB", heapBytes / mib, metaspaceBytes / mib);
    }
}
