package io.zerostate.wasm.chicory;

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
import io.zerostate.task.Outcome;
import io.zerostate.task.RunReport;
import io.zerostate.wasm.Deadline;
import io.zerostate.wasm.Invocation;
import io.zerostate.wasm.OutputListener;
import io.zerostate.wasm.PreparedModule;
import io.zerostate.wasm.WasmBytes;
import io.zerostate.wasm.chicory.ChicoryRuntime.Translation;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class DeadlineTest {
    private static final long TIMEOUT_MS = 200;
    /** What the design allows a run to take over its deadline. */
    private static final long GRACE_MS = 1000;

    static List<Arguments> endless() {
        byte[] one = i32(1);
        byte[] drop = bytes(0x1a);
        List<Arguments> all = new ArrayList<>();
        for (Translation translation : Translation.values()) {
            all.add(endless(translation, "loop br", WasmBytes.command(forever())));
            all.add(endless(translation, "loop br_if", WasmBytes.command(bytes(0x03, 0x40), one, bytes(0x0d, 0, 0x0b))));
            all.add(endless(
                    translation, "loop br_table", WasmBytes.command(bytes(0x03, 0x40), one, bytes(0x0e, 1, 0, 0, 0x0b))));
            all.add(endless(
                    translation, "loop call", new WasmBytes().function(forever(call(1))).function().build()));
            all.add(endless(
                    translation,
                    "calls that double, 60 deep",
                    doubling(60)));
            all.add(endless(
                    translation,
                    "memory.fill of 1 MiB",
                    new WasmBytes()
                            .memory(16)
                            .function(forever(i32(0), one, i32(1 << 20), bytes(0xfc, 11, 0)))
                            .build()));
            all.add(endless(
                    translation,
                    "memory.copy of 1 MiB",
                    new WasmBytes()
                            .memory(32)
                            .function(forever(i32(0), i32(1 << 20), i32(1 << 20), bytes(0xfc, 10, 0, 0)))
                            .build()));
            all.add(endless(
                    translation,
                    "memory.grow that is refused",
                    WasmBytes.command(forever(i32(30_000), bytes(0x40, 0), drop))));
            all.add(endless(
                    translation,
                    "sched_yield",
                    new WasmBytes().importing("sched_yield").function(forever(call(0), drop)).build()));
            all.add(endless(
                    translation,
                    "clock_time_get",
                    new WasmBytes()
                            .importing("clock_time_get")
                            .function(forever(one, i64(0), i32(8), call(0), drop))
                            .build()));
            all.add(endless(
                    translation,
                    "random_get of 1 GiB",
                    new WasmBytes()
                            .importing("random_get")
                            .memory(1)
                            .function(forever(i32(0), i32(65_536), call(0), drop))
                            .build()));
            all.add(endless(translation, "poll_oneoff of an hour", sleep(3_600_000_000_000L)));
            all.add(endless(translation, "poll_oneoff of 500 years", sleep(-1)));
        }
        return all;
    }

    private static Arguments endless(Translation translation, String what, Bytes wasm) {
        return Arguments.of(translation, what, wasm);
    }

    /** Function n calls function n+1 twice: 2^depth calls without one loop. */
    private static Bytes doubling(int depth) {
        WasmBytes wasm = new WasmBytes();
        for (int i = 0; i < depth; i++) {
            wasm.function(call(i + 1), call(i + 1));
        }
        return wasm.function().build();
    }

    private static Bytes sleep(long nanos) {
        byte[] storeTimeout = concat(i32(0), i64(nanos), bytes(0x37, 3), leb(24));
        return new WasmBytes()
                .importing("poll_oneoff")
                .function(storeTimeout, i32(0), i32(64), i32(1), i32(128), call(0), bytes(0x1a))
                .build();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("endless")
    void codeThatNeverReturnsEndsAtItsDeadline(Translation translation, String what, Bytes wasm) throws Exception {
        try (Engine engine = new Engine(translation)) {
            RunReport report = engine.run(wasm, Engine.withTimeout(TIMEOUT_MS));
            assertThat(report.outcome()).isEqualTo(new Outcome.TimedOut(TIMEOUT_MS));
            assertThat(report.durationMs()).isLessThan(TIMEOUT_MS + GRACE_MS);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatIsStoppedEndsWithTheReasonItWasStoppedFor(Translation translation) throws Exception {
        Bytes wasm = new WasmBytes()
                .importing("fd_write")
                .data(0, "x")
                .function(writeOnce(), bytes(0x1a), forever())
                .build();
        try (Engine engine = new Engine(translation)) {
            PreparedModule module = engine.prepare(wasm);
            CountDownLatch running = new CountDownLatch(1);
            try (Deadline deadline = Deadline.start(engine.ticker, 60_000)) {
                Thread canceller = Thread.ofPlatform().start(() -> {
                    await(running);
                    deadline.stop(new Outcome.Cancelled());
                    deadline.stop(new Outcome.Lost("too late to matter"));
                });
                RunReport report = module.run(
                        new Invocation("test", Engine.input(""), Engine.LIMITS),
                        (stream, buffer, offset, length) -> running.countDown(),
                        deadline);
                assertThat(report.outcome()).isEqualTo(new Outcome.Cancelled());
                assertThat(report.stdout().bytes()).isEqualTo(Bytes.ofUtf8("x"));
                canceller.join();
            }
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    /** {@code fd_write(1, vectors at 16, 1, result at 32)} of one byte at 0. */
    private static byte[] writeOnce() {
        return concat(
                i32(20), i32(1), bytes(0x36, 2, 0), i32(1), i32(16), i32(1), i32(32), call(0));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aRunWhoseDeadlineHasPassedDoesNotStart() throws Exception {
        try (Engine engine = new Engine()) {
            PreparedModule module = engine.prepare(WasmBytes.command(bytes(0)));
            try (Deadline deadline = Deadline.start(engine.ticker, 60_000)) {
                deadline.stop(new Outcome.Cancelled());
                assertThat(module.run(
                                        new Invocation("test", Engine.input(""), Engine.LIMITS),
                                        OutputListener.NONE,
                                        deadline)
                                .outcome())
                        .isEqualTo(new Outcome.Cancelled());
            }
        }
    }

    @Test
    void theThreadIsAsGoodAsNewAfterARunThatTimedOut() throws Exception {
        try (Engine engine = new Engine()) {
            assertThat(engine.run(WasmBytes.command(forever()), Engine.withTimeout(50)).outcome())
                    .isInstanceOf(Outcome.TimedOut.class);
            assertThat(engine.run(WasmBytes.command()).outcome()).isEqualTo(new Outcome.Completed(0));
        }
    }

    @Test
    void waitingForInputEndsAtTheDeadline() throws Exception {
        Bytes wasm = new WasmBytes()
                .importing("fd_read")
                .function(i32(20), i32(1), bytes(0x36, 2, 0), i32(0), i32(16), i32(1), i32(32), call(0), bytes(0x1a))
                .build();
        try (Engine engine = new Engine()) {
            PreparedModule module = engine.prepare(wasm);
            var invocation = new Invocation("test", Engine.input(""), Engine.withTimeout(TIMEOUT_MS), new Silence());
            assertThat(engine.run(module, invocation, OutputListener.NONE).outcome())
                    .isEqualTo(new Outcome.TimedOut(TIMEOUT_MS));
        }
    }

    /** Like a terminal at which nobody types. */
    private static final class Silence extends InputStream {
        @Override
        public int read() throws IOException {
            try {
                new CountDownLatch(1).await();
                return -1;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
        }
    }

    @Test
    void aSleepWakesUpByItself() throws Exception {
        try (Engine engine = new Engine()) {
            RunReport report = engine.run(sleep(TimeUnit.MILLISECONDS.toNanos(80)));
            assertThat(report.outcome()).isEqualTo(new Outcome.Completed(0));
            assertThat(report.durationMs()).isGreaterThanOrEqualTo(80);
        }
    }

    @Test
    void preparingAModuleEndsWithAnInterruption() {
        try (Engine engine = new Engine()) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> engine.prepare(WasmBytes.command())).isInstanceOf(InterruptedException.class);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }
}
