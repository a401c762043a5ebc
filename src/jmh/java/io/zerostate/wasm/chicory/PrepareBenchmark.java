package io.zerostate.wasm.chicory;

import com.dylibso.chicory.wasm.WasmModule;
import io.zerostate.task.Bytes;
import io.zerostate.wasm.ModuleGate;
import io.zerostate.wasm.ModuleProfile;
import io.zerostate.wasm.ModuleRefusedException;
import io.zerostate.wasm.PreparedModule;
import io.zerostate.wasm.split.FunctionSplitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

/** What a module costs before its first run: the steps, and all of it with and without the code that an earlier start has kept. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PrepareBenchmark {
    private static final long CACHE_BYTES = 1L << 30;

    @Param({"hello_c", "hello"})
    String module;

    private Bytes wasm;
    private WasmModule parsed;
    private Path directory;
    private ChicoryRuntime compiling;
    private ChicoryRuntime loading;

    @Setup
    public void read() throws IOException, ModuleRefusedException, InterruptedException {
        wasm = Bytes.of(Files.readAllBytes(Path.of("tests", "wasm", module + ".wasm")));
        parsed = ModuleParser.parse(wasm);
        directory = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "jmh-code-");
        compiling = new ChicoryRuntime(InstantSource.system(), new SecureRandom());
        loading = compiling.withCache(new CodeCache(directory, new byte[32], CACHE_BYTES, InstantSource.system()));
        loading.prepare(wasm);
    }

    @TearDown
    public void delete() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Benchmark
    public ModuleProfile gate() throws ModuleRefusedException {
        return ModuleGate.check(wasm);
    }

    @Benchmark
    public WasmModule parse() throws ModuleRefusedException {
        return ModuleParser.parse(wasm);
    }

    @Benchmark
    public Object compile() throws InterruptedException {
        return ModuleCompiler.compile(parsed, SplitFunctions.of(parsed, wasm, FunctionSplitter.STANDARD), null);
    }

    @Benchmark
    public PreparedModule prepareByCompiling() throws ModuleRefusedException, InterruptedException {
        return compiling.prepare(wasm);
    }

    @Benchmark
    public PreparedModule prepareFromCache() throws ModuleRefusedException, InterruptedException {
        return loading.prepare(wasm);
    }
}
