package io.zerostate.wasm.chicory;

import io.zerostate.task.Bytes;
import io.zerostate.task.Input;
import io.zerostate.task.Limits;
import io.zerostate.task.RunReport;
import io.zerostate.wasm.Deadline;
import io.zerostate.wasm.Invocation;
import io.zerostate.wasm.ModuleRefusedException;
import io.zerostate.wasm.OutputListener;
import io.zerostate.wasm.PreparedModule;
import io.zerostate.wasm.split.FunctionSplitter;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** An engine with a ticker, for tests. */
final class Engine implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-02-03T04:05:06.000000789Z");
    static final Limits LIMITS = new Limits(20_000, 16 << 20, 1 << 20, 1 << 20);

    final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
    private final ChicoryRuntime runtime;

    Engine(ChicoryRuntime.Translation translation) {
        this.runtime = new ChicoryRuntime(InstantSource.fixed(NOW), new SecureRandom(), translation);
    }

    /** Compiles, and splits functions as it is told. */
    Engine(FunctionSplitter splitter) {
        this.runtime = new ChicoryRuntime(InstantSource.fixed(NOW), new SecureRandom()).withSplitter(splitter);
    }

    Engine() {
        this(ChicoryRuntime.Translation.COMPILED);
    }

    PreparedModule prepare(Bytes wasm) throws ModuleRefusedException, InterruptedException {
        return runtime.prepare(wasm);
    }

    RunReport run(Bytes wasm) throws ModuleRefusedException, InterruptedException {
        return run(wasm, LIMITS);
    }

    RunReport run(Bytes wasm, Limits limits) throws ModuleRefusedException, InterruptedException {
        return run(prepare(wasm), new Invocation("test", input(""), limits), OutputListener.NONE);
    }

    RunReport run(PreparedModule module, Invocation invocation, OutputListener output) {
        try (Deadline deadline = Deadline.start(ticker, invocation.limits().timeoutMs())) {
            return module.run(invocation, output, deadline);
        }
    }

    static Input input(String stdin, String... args) {
        return new Input(Bytes.ofUtf8(stdin), List.of(args), Map.of());
    }

    static Limits withTimeout(long millis) {
        return new Limits(millis, LIMITS.memoryBytes(), LIMITS.stdoutBytes(), LIMITS.stderrBytes());
    }

    static Limits withHostCalls(long calls) {
        return new Limits(
                LIMITS.timeoutMs(),
                LIMITS.memoryBytes(),
                LIMITS.stdoutBytes(),
                LIMITS.stderrBytes(),
                LIMITS.inputBytes(),
                calls,
                LIMITS.fileBytes());
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }
}
