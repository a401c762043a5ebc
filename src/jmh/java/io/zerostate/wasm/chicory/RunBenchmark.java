package io.zerostate.wasm.chicory;

import io.zerostate.task.Bytes;
import io.zerostate.task.Input;
import io.zerostate.task.Limits;
import io.zerostate.task.Outcome;
import io.zerostate.task.RunReport;
import io.zerostate.wasm.Invocation;
import io.zerostate.wasm.ModuleRefusedException;
import io.zerostate.wasm.OutputListener;
import io.zerostate.wasm.PreparedModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A run of a prepared module as a worker makes it: a new instance, the run, the captured output. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 3)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class RunBenchmark {
    private static final Path MODULES = Path.of("tests", "wasm");
    private static final int INPUT_BYTES = 1_000_000;

    /** Two that do next to nothing, and five that compute. */
    public enum Program {
        HELLO_C("hello_c.wasm"),
        HELLO_GO("hello.wasm"),
        SHA256_OF_1_MB("sha256.wasm"),
        WORDS_OF_1_MB("wordcount.wasm"),
        FACTOR("factor.wasm", "1000036000099"),
        JQ_GROUP_BY("jq.wasm", "-n", "-c", "[range(1000)] | group_by(. % 7) | map(add)"),
        MARKDOWN_HANDBOOK("markdown.wasm");

        private final String module;
        private final List<String> args;

        Program(String module, String... args) {
            this.module = module;
            this.args = List.of(args);
        }

        private Bytes stdin() throws IOException {
            return switch (this) {
                case SHA256_OF_1_MB, WORDS_OF_1_MB -> text();
                case MARKDOWN_HANDBOOK -> Bytes.of(Files.readAllBytes(MODULES.resolve("cases/data/handbook.md")));
                case HELLO_C, HELLO_GO, FACTOR, JQ_GROUP_BY -> Bytes.EMPTY;
            };
        }

        /** Letters, with a space for about every sixth. */
        private static Bytes text() {
            Random random = new Random(1);
            byte[] text = new byte[INPUT_BYTES];
            for (int i = 0; i < text.length; i++) {
                text[i] = (byte) (random.nextInt(6) == 0 ? ' ' : 'a' + random.nextInt(26));
            }
            return Bytes.of(text);
        }
    }

    @Param
    Program program;

    private final Engine engine = new Engine();
    private PreparedModule module;
    private Input input;

    @Setup
    public void prepare() throws IOException, ModuleRefusedException, InterruptedException {
        module = engine.prepare(Bytes.of(Files.readAllBytes(MODULES.resolve(program.module))));
        input = new Input(program.stdin(), program.args, Map.of());
        RunReport first = run();
        if (!(first.outcome() instanceof Outcome.Completed completed) || completed.exitCode() != 0) {
            throw new IllegalStateException(program + " ends with " + first.outcome());
        }
    }

    @TearDown
    public void close() {
        engine.close();
    }

    @Benchmark
    public RunReport run() {
        return engine.run(module, new Invocation(program.module, input, Limits.DEFAULT), OutputListener.NONE);
    }
}
