package io.zerostate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands, as a shell sees them: what they print, where, and what they exit with. */
class CliIT {
    private static TestNode node;

    @TempDir
    Path directory;

    record Ended(int exitCode, String out, String err) {}

    @BeforeAll
    static void start() {
        node = TestNode.start();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static String wasm(String name) {
        return Path.of("tests", "wasm", name).toString();
    }

    private static Ended zerostate(String input, String... arguments) throws Exception {
        try (ChildProcess process = ChildProcess.start(Map.of("ZEROSTATE_SERVER", node.uri().toString()), arguments)
                .input(input.getBytes(StandardCharsets.UTF_8))) {
            return new Ended(process.exitCode(), process.out(), process.err());
        }
    }

    private static String push(String file, String name) throws Exception {
        Ended pushed = zerostate("", "agent", "push", wasm(file), "--name", name, "--json");
        assertThat(pushed.exitCode()).as(pushed.err()).isZero();
        return new JsonObject(pushed.out()).getString("id");
    }

    @Test
    void runPassesOutputThroughWithoutANodeOfItsOwn() throws Exception {
        Ended run = zerostate("", "run", wasm("hello.wasm"));
        assertThat(run).isEqualTo(new Ended(0, "Hello from WASM!\nTask executed successfully\n", ""));
    }

    @Test
    void runHandsOnInputArgumentsAndVariables() throws Exception {
        Ended run = zerostate("body\n", "run", wasm("echo_env.wasm"), "--arg", "-x", "--arg", "two words", "--env", "KEY=a=b");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("-x", "two words", "KEY=a=b").endsWith("body\n");
    }

    @Test
    void runDoesNotWaitForInputThatNobodyReads() throws Exception {
        try (ChildProcess process = ChildProcess.start("run", wasm("hello_c.wasm"))) {
            assertThat(process.exitCode()).isZero();
            assertThat(process.out()).isEqualTo("Hello from C!\n");
        }
    }

    @Test
    void runWritesWhileTheProgramRuns() throws Exception {
        try (ChildProcess process =
                ChildProcess.start("run", wasm("ticker.wasm"), "--arg", "1000", "--arg", "50", "--timeout", "2m")) {
            assertThat(process.awaitOut(text -> text.lines().count() >= 3)).isNotEmpty();
            process.terminate();
            assertThat(process.exitCode()).isNotZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "exit_0.wasm,0",
        "exit_1.wasm,1",
        "exit_3.wasm,3",
        "exit_255.wasm,255",
        "endless.wasm,124",
        "no_start.wasm,125",
        "not_wasm.bin,125",
        "missing.wasm,125",
        "unreachable.wasm,126",
        "memory_grower.wasm,126",
        "output_flood.wasm,126"
    })
    void runExitsWithTheModulesCodeOrWithTheReason(String module, int exitCode) throws Exception {
        // Short only where it is meant to pass: on a busy machine a flood of output takes its time.
        String timeout = module.equals("endless.wasm") ? "1s" : "1m";
        Ended run = zerostate("", "run", wasm(module), "--timeout", timeout);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
        boolean isTheModulesOwn = module.startsWith("exit_");
        assertThat(run.err().lines().filter(line -> line.startsWith("zerostate: "))).hasSize(isTheModulesOwn ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource({"--timeout,soon", "--timeout,6m", "--memory,2GiB", "--memory,0", "--host-calls,0", "--file-quota,1GiB", "--file,../x=README.md", "--unknown,x"})
    void runRefusesWhatItCannotDo(String option, String value) throws Exception {
        Ended run = zerostate("", "run", wasm("hello_c.wasm"), option, value);
        assertThat(run.exitCode()).isEqualTo(125);
        assertThat(run.err()).startsWith("zerostate: ").contains(option).hasLineCount(1);
    }

    @Test
    void agentsArePushedListedShownAndRemoved() throws Exception {
        Ended pushed = zerostate("", "agent", "push", wasm("wordcount.wasm"), "--name", "wc", "--capability", "text", "--description", "counts");
        assertThat(pushed.exitCode()).as(pushed.err()).isZero();
        assertThat(pushed.out()).startsWith("new agent wc ").contains("sha256:").containsPattern("can do +reads its input; writes");

        Ended again = zerostate("", "agent", "push", wasm("sha256.wasm"), "--name", "wc");
        assertThat(again.out()).startsWith("new version of wc ");

        Ended list = zerostate("", "agent", "list", "--query", "wc");
        assertThat(list.out().lines()).hasSize(2).first().asString().startsWith("ID");
        assertThat(list.out()).contains("wc", "text");

        Ended show = zerostate("", "agent", "show", "wc");
        assertThat(show.out()).contains("counts").contains("sha256").containsPattern("(?m)^name +wc$").containsPattern("(?m)^gate +version \\d+$");

        Ended removed = zerostate("", "agent", "rm", "wc");
        assertThat(removed.exitCode()).isZero();
        Ended gone = zerostate("", "agent", "show", "wc");
        assertThat(gone.exitCode()).isEqualTo(1);
        assertThat(gone.err()).startsWith("zerostate: ").hasLineCount(1);
    }

    @Test
    void aRefusedModuleIsExplainedInOneLine() throws Exception {
        Ended refused = zerostate("", "agent", "push", wasm("no_start.wasm"), "--name", "refused");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).startsWith("zerostate: ").contains("_start").hasLineCount(1);
    }

    @Test
    void aTaskIsSubmittedWaitedForAndShown() throws Exception {
        push("sha256.wasm", "digest");
        Ended waited = zerostate("", "task", "submit", "digest", "--input", "abc", "--wait");
        assertThat(waited.exitCode()).as(waited.err()).isZero();
        assertThat(waited.out()).startsWith("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

        Ended submitted = zerostate("abc", "task", "submit", "digest", "--input", "@-", "--title", "from stdin");
        String id = submitted.out().strip();
        Ended logs = zerostate("", "task", "logs", id, "-f");
        assertThat(logs.out()).isEqualTo(waited.out());
        Ended show = zerostate("", "task", "show", id);
        assertThat(show.out()).contains("completed", "from stdin", "ATTEMPT").containsPattern("(?m)^agent +digest \\(");
        Ended json = zerostate("", "task", "show", id, "--json");
        assertThat(new JsonObject(json.out()).getString("status")).isEqualTo("completed");
        Ended list = zerostate("", "task", "list", "--status", "completed", "--agent", "digest");
        assertThat(list.out().lines().filter(line -> line.startsWith(id))).first().asString().contains(" digest ");
    }

    @Test
    void bytesFromAFileReachTheTaskAsTheyAre() throws Exception {
        push("sha256.wasm", "digest-of-bytes");
        byte[] bytes = {(byte) 0xff, 0, (byte) 0xfe};
        Path file = Files.write(directory.resolve("bytes"), bytes);
        Ended waited = zerostate("", "task", "submit", "digest-of-bytes", "--input", "@" + file, "--wait");
        String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        assertThat(waited.out()).as(waited.err()).startsWith(digest);
    }

    @Test
    void runKeepsWhatItCompiledForTheNextRun() throws Exception {
        Path cache = directory.resolve("cache");
        String[] command = {"run", wasm("hello.wasm"), "--cache-dir", cache.toString()};
        Ended first = zerostate("", command);
        Path code;
        try (Stream<Path> kept = Files.list(cache.resolve("code"))) {
            code = kept.findFirst().orElseThrow();
        }
        FileTime made = Files.getLastModifiedTime(code);
        assertThat(zerostate("", command)).isEqualTo(first).isEqualTo(new Ended(0, "Hello from WASM!\nTask executed successfully\n", ""));
        assertThat(Files.getLastModifiedTime(code)).as("when it was used last").isGreaterThan(made);

        Files.write(code, new byte[] {1}, StandardOpenOption.APPEND);
        Ended distrustful = zerostate("", command);
        assertThat(distrustful.exitCode()).isZero();
        assertThat(distrustful.err()).contains("wrong HMAC");
    }

    @Test
    void filesReachTheProgramHereAndInATask() throws Exception {
        Path a = Files.writeString(directory.resolve("a"), "hello");
        Path b = Files.writeString(directory.resolve("b"), "b");
        String[] files = {"--file", "a.txt=" + a, "--file", "dir/b.txt=" + b, "--file-quota", "64KiB"};
        // The module exits with the number of the first thing that it does not find as it should be.
        List<String> run = new ArrayList<>(List.of("run", wasm("wasi_files.wasm")));
        run.addAll(List.of(files));
        assertThat(zerostate("", run.toArray(new String[0]))).isEqualTo(new Ended(0, "", ""));
        assertThat(zerostate("", "run", wasm("wasi_files.wasm")).exitCode()).isNotZero();

        push("wasi_files.wasm", "files");
        List<String> submit = new ArrayList<>(List.of("task", "submit", "files", "--wait"));
        submit.addAll(List.of(files));
        Ended waited = zerostate("", submit.toArray(new String[0]));
        assertThat(waited.exitCode()).as(waited.err()).isZero();
        assertThat(Files.readString(a)).as("the file that was given").isEqualTo("hello");
    }

    @Test
    void followWritesOutputAsItComesAndEndsWithTheTask() throws Exception {
        push("ticker.wasm", "ticker");
        try (ChildProcess process = ChildProcess.start(
                Map.of("ZEROSTATE_SERVER", node.uri().toString()),
                "task", "submit", "ticker", "--arg", "100", "--arg", "100", "--timeout", "1m", "--follow")) {
            String early = process.awaitOut(text -> text.lines().count() >= 2);
            assertThat(early.lines().count()).isLessThan(100);
            assertThat(process.exitCode()).isZero();
            assertThat(process.out().lines()).hasSize(100);
            assertThat(process.err()).as("what it says to people, in a pipe").isEmpty();
        }
    }

    @Test
    void severalTasksFailAndAreCancelledWithTheirReasons() throws Exception {
        push("exit_3.wasm", "failing");
        Ended failed = zerostate("", "task", "submit", "failing", "--max-retries", "0", "--wait");
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.err()).contains("exited with code 3");

        push("endless.wasm", "endless");
        String id = zerostate("", "task", "submit", "endless", "--timeout", "1m").out().strip();
        Ended cancelled = zerostate("", "task", "cancel", id);
        assertThat(cancelled.exitCode()).as(cancelled.err()).isZero();
        Ended logs = zerostate("", "task", "logs", id, "-f", "--json");
        assertThat(logs.out().lines().toList().getLast()).contains("cancelled");
        Ended twice = zerostate("", "task", "cancel", id);
        assertThat(twice.exitCode()).isEqualTo(1);
        assertThat(twice.err()).hasLineCount(1);
    }

    @Test
    void benchMeasuresANodeForPeopleAndForMachines() throws Exception {
        Ended text = zerostate("", "bench", "--tasks", "60", "--warmup", "10", "--concurrency", "4");
        assertThat(text.exitCode()).as(text.err()).isZero();
        assertThat(text.err()).as("progress, in a pipe").isEmpty();
        assertThat(text.out())
                .containsPattern("(?m)^agent +bench-hello ")
                .containsPattern("(?m)^submitted +60 tasks, [0-9.]+/s$")
                .containsPattern("(?m)^ended +60 tasks, [0-9.]+/s$")
                .containsPattern("(?m)^end to end( +[0-9.]+){4}$");

        Ended json = zerostate("", "bench", "--tasks", "50", "--warmup", "0", "--batch", "20", "--rate", "100/s", "--json");
        assertThat(json.exitCode()).as(json.err()).isZero();
        JsonObject result = new JsonObject(json.out());
        assertThat(result.getInteger("completed")).isEqualTo(50);
        assertThat(result.getInteger("lost")).isZero();
        JsonObject latencies = result.getJsonObject("latency_us");
        assertThat(latencies.fieldNames()).containsExactlyInAnyOrder("submit", "queue", "run", "store", "around", "end_to_end");
        assertThat(latencies.getJsonObject("submit").getInteger("count")).as("requests").isEqualTo(3);
        assertThat(latencies.getJsonObject("queue").getInteger("count")).as("tasks").isEqualTo(50);
        assertThat(latencies.getJsonObject("end_to_end").getLong("p50")).isPositive();
    }

    @Test
    void benchCountsWhatFailsByKind() throws Exception {
        push("unreachable.wasm", "trapping");
        // Retries come after 2, 4 and 8 s.
        Ended json = zerostate("", "bench", "--agent", "trapping", "--tasks", "2", "--warmup", "0", "--json");
        assertThat(json.exitCode()).as(json.err()).isZero();
        assertThat(new JsonObject(json.out()).getJsonObject("failed")).isEqualTo(new JsonObject().put("trap", 2));
    }

    @Test
    void benchFailsWhenTasksDoNotEnd() throws Exception {
        push("endless.wasm", "endless-bench");
        Ended lost = zerostate("", "bench", "--agent", "endless-bench", "--tasks", "1", "--warmup", "0", "--patience", "1s");
        assertThat(lost.exitCode()).isEqualTo(1);
        assertThat(lost.out()).containsPattern("(?m)^lost +1$");
        assertThat(lost.err()).isEqualTo("zerostate: 1 tasks were accepted and have not ended\n");

        Ended refused = zerostate("", "bench", "--agent", "nobody");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("nobody").hasLineCount(1);
    }

    @Test
    void aNodeThatIsNotThereIsNamed() throws Exception {
        try (ChildProcess process = ChildProcess.start("task", "list", "--server", "http://127.0.0.1:1")) {
            assertThat(process.exitCode()).isEqualTo(1);
            assertThat(process.err()).contains("http://127.0.0.1:1").hasLineCount(1);
        }
    }

    @Test
    void theProgramExplainsItselfAndItsVersion() throws Exception {
        assertThat(zerostate("", "--help").out()).contains("Usage: zerostate", "dev", "serve", "run", "agent", "task", "bench");
        assertThat(zerostate("", "--version").out()).startsWith("zerostate ").hasLineCount(1);
    }
}
