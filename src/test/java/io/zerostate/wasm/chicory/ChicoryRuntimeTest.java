package io.zerostate.wasm.chicory;

import static io.zerostate.wasm.WasmBytes.END;
import static io.zerostate.wasm.WasmBytes.UNREACHABLE;
import static io.zerostate.wasm.WasmBytes.bytes;
import static io.zerostate.wasm.WasmBytes.call;
import static io.zerostate.wasm.WasmBytes.concat;
import static io.zerostate.wasm.WasmBytes.i32;
import static io.zerostate.wasm.WasmBytes.leb;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zerostate.task.Bytes;
import io.zerostate.task.Limits;
import io.zerostate.task.Outcome;
import io.zerostate.task.OutputStreamName;
import io.zerostate.task.RunReport;
import io.zerostate.wasm.Invocation;
import io.zerostate.wasm.ModuleGate;
import io.zerostate.wasm.ModuleRefusedException;
import io.zerostate.wasm.OutputListener;
import io.zerostate.wasm.PreparedModule;
import io.zerostate.wasm.WasmBytes;
import io.zerostate.wasm.chicory.ChicoryRuntime.Translation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ChicoryRuntimeTest {
    private static final byte[] DROP = bytes(0x1a);
    private static final byte[] TRAP = bytes(UNREACHABLE);
    private static final byte[] SIZE = bytes(0x3f, 0);
    private static final int PAGE = 65_536;

    private final Engine engine = new Engine();

    @AfterEach
    void close() {
        engine.close();
    }

    private static byte[] grow(int pages) {
        return concat(i32(pages), bytes(0x40, 0), DROP);
    }

    private static Limits memory(long bytes) {
        return new Limits(20_000, bytes, 1 << 20, 1 << 20);
    }

    static List<Arguments> traps() {
        byte[] recursion = call(0);
        List<Arguments> all = new ArrayList<>();
        for (Translation translation : Translation.values()) {
            all.add(Arguments.of(translation, "unreachable", WasmBytes.command(TRAP)));
            all.add(Arguments.of(
                    translation, "integer divide by zero", WasmBytes.command(i32(1), i32(0), bytes(0x6d), DROP)));
            all.add(Arguments.of(
                    translation, "integer overflow", WasmBytes.command(i32(Integer.MIN_VALUE), i32(-1), bytes(0x6d), DROP)));
            all.add(Arguments.of(
                    translation,
                    "invalid conversion to integer",
                    WasmBytes.command(bytes(0x43, 0, 0, 0xc0, 0x7f, 0xa8), DROP)));
            all.add(Arguments.of(
                    translation, "out of bounds memory access", WasmBytes.command(i32(PAGE), bytes(0x2d, 0, 0), DROP)));
            all.add(Arguments.of(
                    translation, "out of bounds memory access", WasmBytes.command(i32(-4), bytes(0x28, 2, 0), DROP)));
            all.add(Arguments.of(
                    translation,
                    "out of bounds memory access",
                    WasmBytes.command(i32(PAGE - 1), i32(0), i32(2), bytes(0xfc, 11, 0))));
            all.add(Arguments.of(
                    translation,
                    "undefined table element",
                    new WasmBytes().table(1).function(i32(5), bytes(0x11, 0, 0)).build()));
            all.add(Arguments.of(
                    translation,
                    "uninitialized element",
                    new WasmBytes().table(1).function(i32(0), bytes(0x11, 0, 0)).build()));
            all.add(Arguments.of(translation, "call stack exhausted", WasmBytes.command(recursion)));
        }
        return all;
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("traps")
    void aTrapIsCalledByItsName(Translation translation, String name, Bytes wasm) throws Exception {
        try (Engine other = new Engine(translation)) {
            assertThat(other.run(wasm).outcome())
                    .isInstanceOfSatisfying(
                            Outcome.Trapped.class, trapped -> assertThat(trapped.message()).startsWith(name));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 255, -1})
    void theExitCodeIsTheProgramsOwn(int code) throws Exception {
        Bytes wasm = new WasmBytes().importing("proc_exit").function(i32(code), call(0), TRAP).build();
        assertThat(engine.run(wasm).outcome()).isEqualTo(new Outcome.Completed(code));
    }

    @Test
    void returningIsExitingWithZero() throws Exception {
        assertThat(engine.run(WasmBytes.command()).outcome()).isEqualTo(new Outcome.Completed(0));
    }

    @Test
    void aModuleThatStartsAboveItsLimitDoesNotRun() throws Exception {
        RunReport report = engine.run(new WasmBytes().memory(3).function(TRAP).build(), memory(2 * PAGE));
        assertThat(report.outcome()).isEqualTo(new Outcome.MemoryExceeded(2 * PAGE));
    }

    @Test
    void aTrapAfterMemoryWasRefusedIsALackOfMemory() throws Exception {
        assertThat(engine.run(WasmBytes.command(grow(2), TRAP), memory(2 * PAGE)).outcome())
                .isEqualTo(new Outcome.MemoryExceeded(2 * PAGE));
    }

    @Test
    void anExitWithAnErrorAfterMemoryWasRefusedIsALackOfMemory() throws Exception {
        Bytes wasm = new WasmBytes().importing("proc_exit").function(grow(20_000), i32(2), call(0)).build();
        assertThat(engine.run(wasm).outcome()).isInstanceOf(Outcome.MemoryExceeded.class);
    }

    @Test
    void aProgramThatCopesWithARefusalHasCompleted() throws Exception {
        assertThat(engine.run(WasmBytes.command(grow(2)), memory(2 * PAGE)).outcome())
                .isEqualTo(new Outcome.Completed(0));
    }

    @Test
    void memoryRefusedByTheModulesOwnMaximumIsNotTheLimitsDoing() throws Exception {
        Bytes wasm = new WasmBytes().memory(1, 2).function(grow(5), TRAP).build();
        assertThat(engine.run(wasm).outcome()).isInstanceOf(Outcome.Trapped.class);
    }

    @Test
    void aRefusedGrowGivesTheProgramMinusOneAndLeavesItsMemory() throws Exception {
        // Traps unless memory.grow gave -1 and memory.size is still 1.
        Bytes wasm = WasmBytes.command(
                i32(16), bytes(0x40, 0), i32(-1), bytes(0x47, 0x04, 0x40), TRAP, bytes(END),
                SIZE, i32(1), bytes(0x47, 0x04, 0x40), TRAP, bytes(END));
        assertThat(engine.run(wasm, memory(16 * PAGE)).outcome()).isEqualTo(new Outcome.Completed(0));
    }

    @Test
    void thePeakIsWhatTheMemoryGrewTo() throws Exception {
        RunReport report = engine.run(WasmBytes.command(grow(9)));
        assertThat(report.memoryPeakBytes()).isEqualTo(10L * PAGE);
    }

    @Test
    void nothingOfARunIsLeftForTheNext() throws Exception {
        // Traps when memory, a page that was grown, the global or the size of the table are not as in a new instance.
        byte[] checkMemory = concat(i32(8), bytes(0x28, 2, 0), i32('o' << 24 | 'l' << 16 | 'l' << 8 | 'e'), bytes(0x47, 0x04, 0x40), TRAP, bytes(END));
        byte[] checkGlobal = concat(bytes(0x23, 0, 0x04, 0x40), TRAP, bytes(END));
        byte[] checkTable = concat(bytes(0xfc, 16, 0), i32(1), bytes(0x47, 0x04, 0x40), TRAP, bytes(END));
        byte[] checkGrown = concat(grow(1), i32(PAGE), bytes(0x28, 2, 0, 0x04, 0x40), TRAP, bytes(END));
        byte[] spoil = concat(
                i32(8), i32(-1), bytes(0x36, 2, 0),
                i32(PAGE), i32(-1), bytes(0x36, 2, 0),
                i32(7), bytes(0x24, 0),
                bytes(0xd0, 0x70), i32(3), bytes(0xfc, 15, 0), DROP);
        PreparedModule module = engine.prepare(new WasmBytes()
                .table(1)
                .global()
                .function(checkMemory, checkGlobal, checkTable, checkGrown, spoil)
                .data(7, "hello")
                .build());
        for (int i = 0; i < 3; i++) {
            assertThat(engine.run(module, new Invocation("test", Engine.input(""), Engine.LIMITS), OutputListener.NONE)
                            .outcome())
                    .isEqualTo(new Outcome.Completed(0));
        }
    }

    /** A table of one entry, the function after {@code _start}, which has this code. */
    private static Bytes withElement(byte[]... code) {
        byte[][] sections = new WasmBytes().table(1).function(code).function().sections();
        byte[] element = WasmBytes.section(9, WasmBytes.vector(concat(bytes(0), i32(0), bytes(END), WasmBytes.vector(leb(1)))));
        sections[6] = concat(sections[6], element);
        return WasmBytes.module(sections);
    }

    @Test
    void eachRunFindsTheTableFilled() throws Exception {
        byte[] callEntry = concat(i32(0), bytes(0x11, 0, 0));
        byte[] clearEntry = concat(i32(0), bytes(0xd0, 0x70), bytes(0x26, 0));
        PreparedModule module = engine.prepare(withElement(callEntry, clearEntry));
        for (int i = 0; i < 2; i++) {
            assertThat(engine.run(module, new Invocation("test", Engine.input(""), Engine.LIMITS), OutputListener.NONE)
                            .outcome())
                    .isEqualTo(new Outcome.Completed(0));
        }
        assertThat(engine.run(withElement(clearEntry, callEntry)).outcome())
                .isEqualTo(new Outcome.Trapped("uninitialized element 0"));
    }

    /** As the standard says: what filled a table at the start counts as dropped after it. */
    @Test
    void elementsAreNotThereToBeCopiedOnceTheyHaveFilledTheTable() throws Exception {
        byte[] copyEntry = concat(i32(0), i32(0), i32(1), bytes(0xfc, 12, 0, 0));
        assertThat(engine.run(withElement(copyEntry)).outcome())
                .isEqualTo(new Outcome.Trapped("out of bounds table access"));
    }

    @Test
    void tablesDoNotGrowForEver() throws Exception {
        // Traps unless growing by two million gives -1.
        Bytes wasm = new WasmBytes()
                .table(1)
                .function(
                        bytes(0xd0, 0x70), i32(2_000_000), bytes(0xfc, 15, 0), i32(-1), bytes(0x47, 0x04, 0x40), TRAP,
                        bytes(END))
                .build();
        assertThat(engine.run(wasm).outcome()).isEqualTo(new Outcome.Completed(0));
    }

    @Test
    void oneModuleRunsOnManyThreadsAtOnce() throws Exception {
        PreparedModule module = engine.prepare(Bytes.of(Files.readAllBytes(Path.of("tests/wasm/wordcount.wasm"))));
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                String text = "word ".repeat(i);
                Callable<String> run = () -> {
                    var invocation = new Invocation("wc", Engine.input(text, "-w"), Engine.LIMITS);
                    RunReport report = engine.run(module, invocation, OutputListener.NONE);
                    return new String(report.stdout().bytes().array()).trim();
                };
                answers.add(threads.submit(run));
            }
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).isEqualTo(String.valueOf(i));
            }
        }
    }

    @Test
    void theListenerHearsBothStreamsAsTheyAreWrittenAndNotWhatIsCut() throws Exception {
        // Writes 4 bytes to stdout, 3 to stderr, 4 to stdout.
        Bytes wasm = new WasmBytes()
                .importing("fd_write")
                .data(0, "abcd")
                .function(write(1, 4), write(2, 3), write(1, 4))
                .build();
        List<String> heard = new ArrayList<>();
        OutputListener listener = (stream, buffer, offset, length) ->
                heard.add(stream.wireName() + " " + new String(buffer, offset, length));
        var limits = new Limits(20_000, 16 << 20, 6, 3);
        RunReport report =
                engine.run(engine.prepare(wasm), new Invocation("test", Engine.input(""), limits), listener);
        assertThat(heard).containsExactly("stdout abcd", "stderr abc", "stdout ab");
        assertThat(report.outcome()).isEqualTo(new Outcome.OutputExceeded(OutputStreamName.STDOUT, 6));
        assertThat(report.stdout().bytes()).isEqualTo(Bytes.ofUtf8("abcdab"));
        assertThat(report.stdout().truncated()).isTrue();
        assertThat(report.stderr().bytes()).isEqualTo(Bytes.ofUtf8("abc"));
        assertThat(report.stderr().truncated()).isFalse();
    }

    private static byte[] write(int fd, int length) {
        return concat(i32(20), i32(length), bytes(0x36, 2, 0), i32(fd), i32(16), i32(1), i32(32), call(0), DROP);
    }

    @Test
    void aFunctionTooLargeForAMethodOfTheJvmRunsInterpreted() throws Exception {
        byte[][] body = new byte[60_000][];
        Arrays.fill(body, concat(i32(8), i32(1), bytes(0x36, 2, 0)));
        Bytes wasm = new WasmBytes()
                .importing("proc_exit")
                .function(call(2), i32(8), bytes(0x28, 2, 0), call(0))
                .function(body)
                .build();
        PreparedModule module = engine.prepare(wasm);
        assertThat(module.report().interpretedFunctions()).isEqualTo(1);
        assertThat(module.report().functions()).isEqualTo(2);
        assertThat(module.report().warnings()).singleElement().asString().contains("too large");
        assertThat(engine.run(wasm).outcome()).isEqualTo(new Outcome.Completed(1));
    }

    @Test
    void oneLargeFunctionAmongTensOfThousandsLeavesNoneOfThemToTheInterpreter() throws Exception {
        byte[][] body = new byte[5_000][];
        Arrays.fill(body, concat(i32(8), i32(1), bytes(0x36, 2, 0)));
        WasmBytes wasm = new WasmBytes().importing("proc_exit").function(call(2), i32(5), call(0)).function(body);
        for (int i = 0; i < 20_000; i++) {
            wasm.function();
        }
        PreparedModule module = engine.prepare(wasm.build());
        assertThat(module.report().interpretedFunctions()).isZero();
        assertThat(engine.run(module, new Invocation("test", Engine.input(""), Engine.LIMITS), OutputListener.NONE).outcome())
                .isEqualTo(new Outcome.Completed(5));
    }

    @Test
    void theReportSaysWhatTheModuleUses() throws Exception {
        var report = engine.prepare(new WasmBytes()
                        .importing("fd_write", "proc_exit")
                        .memory(2, 4)
                        .function()
                        .build())
                .report();
        assertThat(report.imports())
                .containsExactly("wasi_snapshot_preview1.fd_write", "wasi_snapshot_preview1.proc_exit");
        assertThat(report.memoryMinBytes()).isEqualTo(2L * PAGE);
        assertThat(report.memoryMaxBytes()).isEqualTo(4L * PAGE);
        assertThat(report.interpretedFunctions()).isZero();
        assertThat(report.warnings()).isEmpty();
        assertThat(report.gateVersion()).isEqualTo(ModuleGate.VERSION);
    }

    @Test
    void whatDoesNotTypeCheckIsRefused() {
        assertThatThrownBy(() -> engine.prepare(WasmBytes.command(bytes(0x6a))))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessageContaining("not valid");
    }

    @Test
    void aModuleThatWouldExhaustTheHeapIsRefusedBeforeItIsParsed() {
        byte[] nops = new byte[4_000_000];
        Arrays.fill(nops, (byte) 1);
        WasmBytes wasm = new WasmBytes();
        long enough = Runtime.getRuntime().maxMemory() / (160L * nops.length) + 1;
        for (int i = 0; i < enough; i++) {
            wasm.function(nops);
        }
        assertThatThrownBy(() -> engine.prepare(wasm.build()))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessageContaining("MiB of heap");
    }

    @Test
    void manyFunctionsWithManyLocalsAreRefusedBeforeTheyAreParsed() {
        byte[] body = concat(leb(1), leb(50_000), bytes(0x7f, END));
        WasmBytes wasm = new WasmBytes();
        for (int i = 0; i < 20_000; i++) {
            wasm.rawFunction(body);
        }
        assertThatThrownBy(() -> engine.prepare(wasm.build()))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessageContaining("MiB of heap");
    }

    @Test
    void dataThatLiesOutsideOfTheMemoryIsRefusedBeforeAnyRun() {
        assertThatThrownBy(() -> engine.prepare(new WasmBytes().function().data(PAGE - 1, "ab").build()))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessageContaining("outside of the memory");
    }

    @Test
    void aModuleHasTheWeightOfWhatIsKeptOfIt() throws Exception {
        long small = engine.prepare(WasmBytes.command()).weightBytes();
        long large = engine.prepare(new WasmBytes().memory(20).function().data(0, "x".repeat(10 * PAGE)).build())
                .weightBytes();
        assertThat(large - small).isBetween(10L * PAGE, 11L * PAGE);
    }
}
