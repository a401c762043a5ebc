package io.zerostate.wasm.chicory;

import static io.zerostate.wasm.WasmBytes.bytes;
import static io.zerostate.wasm.WasmBytes.call;
import static io.zerostate.wasm.WasmBytes.concat;
import static io.zerostate.wasm.WasmBytes.forever;
import static io.zerostate.wasm.WasmBytes.i32;
import static org.assertj.core.api.Assertions.assertThat;

import io.zerostate.task.Bytes;
import io.zerostate.task.Outcome;
import io.zerostate.wasm.Invocation;
import io.zerostate.wasm.OutputListener;
import io.zerostate.wasm.PreparedModule;
import io.zerostate.wasm.WasmBytes;
import io.zerostate.wasm.split.FunctionSplitter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What bounds a run bounds functions that were cut as well, and who uploads a module learns which of them stay slow. */
class SplitRunTest {
    private static final FunctionSplitter SMALL = new FunctionSplitter(400, 400, 200);

    /** Some 4 KB of the JVM's code that count in memory, at address 8. */
    private static byte[] work() {
        byte[][] work = new byte[200][];
        Arrays.fill(work, concat(i32(8), i32(8), bytes(0x28, 2, 0), i32(1), bytes(0x6a, 0x36, 2, 0)));
        return concat(work);
    }

    @Test
    void aLoopAroundPiecesEndsAtTheDeadline() throws Exception {
        assertThat(end(WasmBytes.command(forever(work())), 300)).isInstanceOf(Outcome.TimedOut.class);
    }

    @Test
    void aLoopInAPieceEndsAtTheDeadline() throws Exception {
        assertThat(end(WasmBytes.command(work(), forever(), work()), 300)).isInstanceOf(Outcome.TimedOut.class);
    }

    @Test
    void recursionWithoutEndIsATrap() throws Exception {
        assertThat(end(WasmBytes.command(work(), call(0), work()), 20_000)).isEqualTo(new Outcome.Trapped("call stack exhausted"));
    }

    @Test
    void aTrapInAPieceIsCalledByItsName() throws Exception {
        Bytes wasm = WasmBytes.command(work(), i32(1), i32(0), bytes(0x6d, 0x1a), work());
        assertThat(end(wasm, 20_000)).isEqualTo(new Outcome.Trapped("integer divide by zero"));
    }

    @Test
    void callsOfTheHostAreCountedInPiecesToo() throws Exception {
        byte[][] calls = new byte[300][];
        Arrays.fill(calls, concat(call(0), bytes(0x1a)));
        Bytes wasm = new WasmBytes().importing("sched_yield").function(work(), concat(calls), work()).build();
        try (Engine cutting = new Engine(SMALL);
                Engine whole = new Engine(FunctionSplitter.NONE)) {
            Outcome expected = whole.run(wasm, Engine.withHostCalls(299)).outcome();
            assertThat(expected).isInstanceOf(Outcome.Trapped.class);
            assertThat(cutting.run(wasm, Engine.withHostCalls(299)).outcome()).isEqualTo(expected);
            assertThat(cutting.run(wasm, Engine.withHostCalls(300)).outcome()).isEqualTo(new Outcome.Completed(0));
        }
    }

    @Test
    void theSameModuleIsAlwaysCutInTheSameWay() throws Exception {
        byte[] wasm = Files.readAllBytes(Path.of("tests", "wasm", "bench", "field.wasm"));
        var first = FunctionSplitter.STANDARD.split(wasm);
        assertThat(first.functions()).isNotEmpty();
        assertThat(FunctionSplitter.STANDARD.split(wasm).skeleton()).isEqualTo(first.skeleton());
    }

    @Test
    void aModuleWithoutLargeFunctionsIsHandedOnAsItIs() throws Exception {
        Bytes wasm = Bytes.of(Files.readAllBytes(Path.of("tests", "wasm", "wordcount.wasm")));
        var module = ModuleParser.parse(wasm);
        assertThat(SplitFunctions.of(module, wasm, FunctionSplitter.STANDARD).module()).isSameAs(module);
    }

    @Test
    void aFunctionThatNoMethodHoldsIsCompiledInPieces() throws Exception {
        byte[][] work = new byte[40][];
        Arrays.fill(work, work());
        Bytes wasm = new WasmBytes()
                .importing("proc_exit")
                .function(call(2), i32(8), bytes(0x28, 2, 0), i32(255), bytes(0x71), call(0))
                .function(work)
                .build();
        try (Engine engine = new Engine()) {
            PreparedModule module = engine.prepare(wasm);
            assertThat(module.report().interpretedFunctions()).isZero();
            assertThat(module.report().warnings()).isEmpty();
            assertThat(module.report().functions()).isEqualTo(2);
            assertThat(engine.run(wasm).outcome()).isEqualTo(new Outcome.Completed(8_000 & 255));
        }
    }

    private static Outcome end(Bytes wasm, long timeoutMs) throws Exception {
        var module = ModuleParser.parse(wasm);
        assertThat(SplitFunctions.of(module, wasm, SMALL).cut()).hasSizeGreaterThan(2);
        try (Engine engine = new Engine(SMALL)) {
            var invocation = new Invocation("test", Engine.input(""), Engine.withTimeout(timeoutMs));
            return engine.run(engine.prepare(wasm), invocation, OutputListener.NONE).outcome();
        }
    }
}
