package io.zerostate.wasm.chicory;

import static io.zerostate.wasm.WasmBytes.bytes;
import static io.zerostate.wasm.WasmBytes.call;
import static io.zerostate.wasm.WasmBytes.concat;
import static io.zerostate.wasm.WasmBytes.i32;
import static io.zerostate.wasm.WasmBytes.leb;
import static org.assertj.core.api.Assertions.assertThat;

import io.zerostate.task.Bytes;
import io.zerostate.task.Outcome;
import io.zerostate.wasm.WasmBytes;
import io.zerostate.wasm.split.FunctionSplitter;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Functions that nobody wrote to be run: cutting them would take what a node has, so it is left alone. */
class HostileFunctionsTest {
    private static final int UNREACHABLE = 0x00;
    private static final int BLOCK = 0x02;
    private static final int BR_TABLE = 0x0e;
    private static final int DROP = 0x1a;
    private static final int LOCAL_GET = 0x20;
    private static final int LOCAL_SET = 0x21;
    private static final int VOID = 0x40;
    private static final int END = 0x0b;

    private static byte[] times(int count, byte[]... code) {
        byte[][] all = new byte[count][];
        Arrays.fill(all, concat(code));
        return concat(all);
    }

    private static byte[] values(int count) {
        byte[] types = new byte[count];
        Arrays.fill(types, (byte) WasmBytes.I32);
        return types;
    }

    /** {@code _start} is 0, and may call 1, which answers 300 values, and 2, which takes them. */
    private static Bytes module(byte[] locals, byte[]... code) {
        return new WasmBytes()
                .type(new byte[0], values(300))
                .type(values(300), new byte[0])
                .rawFunction(locals, concat(code), bytes(END))
                .function(1, bytes(0, UNREACHABLE, END))
                .function(2, bytes(0, END))
                .build();
    }

    static Stream<Arguments> functions() {
        byte[] none = leb(0);
        byte[] block = concat(bytes(BLOCK, VOID), call(1), bytes(UNREACHABLE, END));
        byte[] manyLocals = concat(leb(1), leb(41), bytes(WasmBytes.I32));
        byte[][] sets = new byte[41][];
        byte[][] gets = new byte[41][];
        for (int i = 0; i < 41; i++) {
            sets[i] = concat(i32(1), bytes(LOCAL_SET), leb(i));
            gets[i] = concat(bytes(LOCAL_GET), leb(i), bytes(DROP));
        }
        return Stream.of(
                Arguments.of("many blocks above a deep stack",
                        module(none, times(9_000, i32(0)), times(5_000, block), bytes(UNREACHABLE))),
                Arguments.of("a deep stack below many small blocks",
                        module(none, times(60_000, i32(0)), times(40_000, bytes(BLOCK, VOID, END)), bytes(UNREACHABLE))),
                Arguments.of("calls that answer hundreds of values",
                        module(none, times(70_000, call(1), call(2)))),
                Arguments.of("a piece for each of thousands of calls, and too much to hand on",
                        module(manyLocals, concat(sets), times(6_000, call(1), call(2)), concat(gets))),
                Arguments.of("a table that no method holds",
                        module(none, bytes(BLOCK, VOID), i32(0), bytes(BR_TABLE), leb(20_000), times(20_001, leb(0)), bytes(END))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("functions")
    void whatWouldTakeTooMuchStaysInOnePiece(String name, Bytes wasm) {
        var split = FunctionSplitter.STANDARD.split(wasm.array());
        assertThat(split.functions()).isEmpty();
        assertThat(split.whole()).containsExactly(0);
    }

    @Test
    void whatWasCompiledInPiecesIsForgottenWhereThePiecesDoNotDo() throws Exception {
        var module = ModuleParser.parse(WasmBytes.command(i32(1), bytes(DROP)));
        var tooLarge = ModuleParser.parse(WasmBytes.command(times(70_000, i32(1), bytes(DROP))));
        JarHolder made = JarHolder.empty();
        var compiled = ModuleCompiler.compile(module, new SplitFunctions(tooLarge, Set.of(0), Set.of()), made);

        assertThat(compiled.interpreted()).isEmpty();
        assertThat(compiled.slow()).containsExactly(0);
        JarHolder whole = JarHolder.empty();
        ModuleCompiler.compile(module, SplitFunctions.none(module), whole);
        assertThat(made.jar()).hasSameSizeAs(whole.jar());
    }

    @Test
    void theyRunAllTheSame() throws Exception {
        try (Engine engine = new Engine()) {
            Bytes table = module(leb(0), bytes(BLOCK, VOID), i32(0), bytes(BR_TABLE), leb(20_000), times(20_001, leb(0)), bytes(END));
            assertThat(engine.run(table).outcome()).isEqualTo(new Outcome.Completed(0));
        }
    }
}
