package io.zerostate.wasm;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zerostate.wasm.chicory.ChicoryRuntime;
import io.zerostate.wasm.chicory.ChicoryRuntime.Translation;
import io.zerostate.wasm.split.FunctionSplitter;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every case of {@code tests/wasm} in the engine. A new case is a file, not code. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WasmCasesTest {
    /** Larger ones take the interpreter minutes. */
    private static final int MAX_INTERPRETED_BYTES = 100_000;
    /** Functions that call themselves take more of it when they are cut, and here all of them are. */
    private static final long DEEP_STACK = 64 << 20;

    private final WasmRuntime runtime = new ChicoryRuntime(InstantSource.system(), new SecureRandom());
    private final WasmRuntime interpreter =
            new ChicoryRuntime(InstantSource.system(), new SecureRandom(), Translation.INTERPRETED);
    private final WasmRuntime cutting =
            new ChicoryRuntime(InstantSource.system(), new SecureRandom()).withSplitter(new FunctionSplitter(2_000, 2_000, 1_000));
    private final ModuleCache modules = new ModuleCache(256 * 1024 * 1024);
    private final ModuleCache cutModules = new ModuleCache(256 * 1024 * 1024);
    private ScheduledExecutorService ticker;

    @BeforeAll
    void startTicker() {
        ticker = Executors.newSingleThreadScheduledExecutor();
    }

    @AfterAll
    void stopTicker() {
        ticker.shutdownNow();
    }

    static List<WasmCase> cases() {
        return WasmCase.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void endsAsTheCaseSays(WasmCase wasmCase) throws Exception {
        if (wasmCase.expectsRejection()) {
            assertThatThrownBy(() -> runtime.prepare(wasmCase.wasm()))
                    .isInstanceOfSatisfying(
                            ModuleRefusedException.class, refused -> wasmCase.checkRejection(refused.reason()));
            return;
        }
        PreparedModule module = modules.get(wasmCase.module(), () -> runtime.prepare(wasmCase.wasm()));
        check(wasmCase, module);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("acceptedCases")
    void endsInTheSameWayWhenItsFunctionsAreCutIntoPieces(WasmCase wasmCase) throws Exception {
        PreparedModule module = cutModules.get(wasmCase.module(), () -> cutting.prepare(wasmCase.wasm()));
        var checked = new FutureTask<Void>(() -> check(wasmCase, module), null);
        new Thread(null, checked, "deep", DEEP_STACK).start();
        checked.get();
    }

    static List<WasmCase> acceptedCases() {
        return WasmCase.all().stream().filter(wasmCase -> !wasmCase.expectsRejection()).toList();
    }

    static List<WasmCase> smallCases() {
        return acceptedCases().stream()
                .filter(wasmCase -> !wasmCase.isKernel() && wasmCase.wasm().length() <= MAX_INTERPRETED_BYTES)
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("smallCases")
    void endsInTheSameWayWhenItIsInterpreted(WasmCase wasmCase) throws Exception {
        check(wasmCase, interpreter.prepare(wasmCase.wasm()));
    }

    private void check(WasmCase wasmCase, PreparedModule module) {
        Invocation invocation = wasmCase.invocation();
        try (Deadline deadline = Deadline.start(ticker, invocation.limits().timeoutMs())) {
            wasmCase.check(module.run(invocation, OutputListener.NONE, deadline));
        }
    }
}
