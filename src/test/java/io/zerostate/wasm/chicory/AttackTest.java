package io.zerostate.wasm.chicory;

import static io.zerostate.wasm.WasmBytes.END;
import static io.zerostate.wasm.WasmBytes.bytes;
import static io.zerostate.wasm.WasmBytes.call;
import static io.zerostate.wasm.WasmBytes.concat;
import static io.zerostate.wasm.WasmBytes.forever;
import static io.zerostate.wasm.WasmBytes.i32;
import static io.zerostate.wasm.WasmBytes.i64;
import static io.zerostate.wasm.WasmBytes.leb;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zerostate.task.Bytes;
import io.zerostate.task.FileSet;
import io.zerostate.task.Limits;
import io.zerostate.task.Outcome;
import io.zerostate.task.RunReport;
import io.zerostate.wasm.Invocation;
import io.zerostate.wasm.ModuleRefusedException;
import io.zerostate.wasm.OutputListener;
import io.zerostate.wasm.PreparedModule;
import io.zerostate.wasm.WasmBytes;
import io.zerostate.wasm.chicory.ChicoryRuntime.Translation;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs that want to take the node with them: each ends as it should, in time, and leaves the heap as it was. */
@Timeout(120)
class AttackTest {
    private static final byte[] DROP = bytes(0x1a);
    private static final long TIMEOUT_MS = 500;
    private static final long GRACE_MS = 1000;
    private static final long MIB = 1 << 20;
    private static final Limits LIMITS = new Limits(TIMEOUT_MS, 64 * MIB, MIB, MIB);

    @ParameterizedTest
    @EnumSource
    void recursionWithManyLocalsTrapsAndLeavesNothing(Translation translation) throws Exception {
        Bytes wasm = recursion(4_000);
        long before = usedHeap();
        RunReport report = run(translation, wasm, new Limits(20_000, 64 * MIB, MIB, MIB));
        assertThat(report.outcome()).isEqualTo(new Outcome.Trapped("call stack exhausted"));
        assertThat(usedHeap() - before).isLessThan(16 * MIB);
    }

    @ParameterizedTest
    @EnumSource
    void framesThatWouldBeHalfAMegabyteOfHeapEachAreRefused(Translation translation) {
        assertThatThrownBy(() -> run(translation, recursion(50_000), LIMITS))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessageContaining("50000 locals, at most 4000");
    }

    private static Bytes recursion(int locals) {
        return new WasmBytes()
                .rawFunction(leb(1), leb(locals), bytes(0x7e), call(0), bytes(END))
                .build();
    }

    @Test
    void functionsThatAreAllJustTooLargeAreNotTriedForEver() throws Exception {
        byte[][] body = new byte[9_000][];
        Arrays.fill(body, concat(i32(8), i32(1), bytes(0x36, 2, 0)));
        WasmBytes wasm = new WasmBytes().function();
        for (int i = 0; i < 40; i++) {
            wasm.function(body);
        }
        try (Engine engine = new Engine()) {
            PreparedModule module = engine.prepare(wasm.build());
            assertThat(module.report().interpretedFunctions()).isBetween(0, 41);
            assertThat(module.report().compileMs()).isLessThan(60_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStormOfSmallCallsEndsWithItsBudget(Translation translation) throws Exception {
        Bytes wasm = new WasmBytes().importing("sched_yield").function(forever(call(0), DROP)).build();
        try (Engine engine = new Engine(translation)) {
            var invocation = new Invocation("test", Engine.input(""), Engine.withHostCalls(1000));
            RunReport report = engine.run(engine.prepare(wasm), invocation, OutputListener.NONE);
            assertThat(report.outcome())
                    .isEqualTo(new Outcome.Trapped("the program called its host more than 1000 times"));
        }
    }

    @Test
    void aBudgetThatIsJustEnoughIsEnough() throws Exception {
        Bytes wasm = new WasmBytes().importing("sched_yield").function(call(0), DROP, call(0), DROP).build();
        try (Engine engine = new Engine()) {
            var invocation = new Invocation("test", Engine.input(""), Engine.withHostCalls(2));
            assertThat(engine.run(engine.prepare(wasm), invocation, OutputListener.NONE).outcome())
                    .isEqualTo(new Outcome.Completed(0));
        }
    }

    @Test
    void chanceForAllOfALargeMemoryStopsAtTheDeadline() throws Exception {
        int pages = 4096;
        Bytes wasm = new WasmBytes()
                .importing("random_get")
                .memory(pages)
                .function(forever(i32(0), i32(pages * 65_536), call(0), DROP))
                .build();
        long before = usedHeap();
        RunReport report = run(Translation.COMPILED, wasm, new Limits(TIMEOUT_MS, 1024 * MIB, MIB, MIB));
        assertThat(report.outcome()).isEqualTo(new Outcome.TimedOut(TIMEOUT_MS));
        assertThat(report.durationMs()).isLessThan(TIMEOUT_MS + GRACE_MS);
        assertThat(usedHeap() - before).isLessThan(16 * MIB);
    }

    @Test
    void filesStayWithinTheirQuotaHoweverManyThereAre() throws Exception {
        // Opens files with names that count up, until one is refused; then exits with the errno.
        byte[] open = concat(
                i32(3), i32(0), i32(64), i32(8), i32(1), i64(64), i64(0), i32(0), i32(128), call(0));
        byte[] close = concat(i32(128), bytes(0x28, 2, 0), call(1), DROP);
        byte[] next = concat(i32(64), i32(64), bytes(0x28, 2, 0), i32(1), bytes(0x6a, 0x36, 2, 0));
        Bytes wasm = new WasmBytes()
                .importing("path_open", "fd_close", "proc_exit")
                .data(64, "AAAAAAAA")
                .rawFunction(
                        leb(1), leb(1), bytes(0x7f),
                        bytes(0x03, 0x40), open, bytes(0x22, 0, 0x04, 0x40, 0x20, 0), call(2), bytes(END),
                        close, next, bytes(0x0c, 0, END, END))
                .build();
        try (Engine engine = new Engine()) {
            var invocation = new Invocation("test", Engine.input(""), Engine.LIMITS)
                    .withFiles(new FileSet(Map.of("given", Bytes.ofUtf8("x")), 8 * 1024));
            Outcome outcome = engine.run(engine.prepare(wasm), invocation, OutputListener.NONE).outcome();
            assertThat(outcome).isEqualTo(new Outcome.Completed(Errno.NOSPC));
        }
    }

    @Test
    void aThousandModulesInARowLeaveMetaspaceAndHeapAsTheyWere() throws Exception {
        try (Engine engine = new Engine()) {
            for (int i = 0; i < 300; i++) {
                runDistinct(engine, i);
            }
            long heap = usedHeap();
            long metaspace = metaspace();
            for (int i = 300; i < 1300; i++) {
                runDistinct(engine, i);
            }
            assertThat(usedHeap() - heap).isLessThan(8 * MIB);
            assertThat(metaspace() - metaspace).isLessThan(4 * MIB);
        }
    }

    private static void runDistinct(Engine engine, int number) throws ModuleRefusedException, InterruptedException {
        Bytes wasm = new WasmBytes().importing("proc_exit").function(i32(number), call(0)).build();
        assertThat(engine.run(wasm).outcome()).isEqualTo(new Outcome.Completed(number));
    }

    private static RunReport run(Translation translation, Bytes wasm, Limits limits)
            throws ModuleRefusedException, InterruptedException {
        try (Engine engine = new Engine(translation)) {
            return engine.run(wasm, limits);
        }
    }

    private static long metaspace() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .map(MemoryPoolMXBean::getUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    /** After collections: what one hands to cleaners goes with the next. */
    private static long usedHeap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
