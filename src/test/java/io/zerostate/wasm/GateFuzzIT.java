package io.zerostate.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerostate.config.Quantity;
import io.zerostate.task.Bytes;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Feeds mutated test agents to the gate and the parser behind it, guided by the branches that each file reaches:
 *
 * <pre>mvn -B verify -Pfuzz -Dfuzz.time=10m</pre>
 *
 * <p>What it finds is in {@code target/fuzz}, and so is its corpus, from which the next run goes on.
 */
@Tag("fuzz")
class GateFuzzIT {
    private static final Path FOLDER = Path.of("target", "fuzz");
    private static final int MAX_SEED_BYTES = 20_000;
    /** One file may take this long, in seconds. The slowest seed takes a fiftieth of one, but the first has to wait for classes to be instrumented. */
    private static final int TIMEOUT = 60;

    @Test
    void noFileMakesTheGateThrowOrLetsThroughWhatTheParserReadsInAnotherWay() throws Exception {
        Path corpus = Files.createDirectories(FOLDER.resolve("corpus"));
        plantSeeds(corpus);
        long seconds = TimeUnit.MILLISECONDS.toSeconds(Quantity.milliseconds(System.getProperty("fuzz.time", "1m")));
        Process fuzzer = new ProcessBuilder(command(corpus, seconds)).redirectErrorStream(true).start();
        String last = print(fuzzer);
        assertThat(fuzzer.waitFor()).as("the fuzzer's last words: %s", last).isZero();
    }

    private static List<String> command(Path corpus, long seconds) {
        return List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx1g",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=io.zerostate.wasm.chicory.GateFuzz",
                "--instrumentation_includes=io.zerostate.wasm.**:com.dylibso.chicory.wasm.**",
                "--custom_hook_includes=io.zerostate.wasm.**",
                "-max_total_time=" + seconds,
                "-timeout=" + TIMEOUT,
                "-max_len=" + MAX_SEED_BYTES,
                "-print_final_stats=1",
                "-artifact_prefix=" + FOLDER + "/",
                corpus.toString());
    }

    private static String print(Process fuzzer) throws IOException {
        String last = "";
        try (BufferedReader lines = fuzzer.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(line);
                last = line;
            }
        }
        return last;
    }

    /** The test agents that are small, and each of them damaged in ways that the fuzzer would take long to come upon. */
    private static void plantSeeds(Path corpus) throws IOException {
        Mutation mutation = new Mutation(new Random(1));
        try (Stream<Path> files = Files.list(Path.of("tests", "wasm"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".wasm")).toList()) {
                if (Files.size(file) < MAX_SEED_BYTES) {
                    Bytes whole = Bytes.of(Files.readAllBytes(file));
                    Files.write(corpus.resolve(file.getFileName()), whole.array());
                    for (int i = 0; i < 8; i++) {
                        Files.write(corpus.resolve(file.getFileName() + "-" + i), mutation.of(whole, 1).array());
                    }
                }
            }
        }
    }
}
