package io.zerostate.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.zerostate.agent.ModuleReport;
import io.zerostate.binary.WatchedStore;
import io.zerostate.binary.directory.DirectoryBinaryStore;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.AgentChanged;
import io.zerostate.bus.Bus;
import io.zerostate.metrics.EngineMetrics;
import io.zerostate.queue.Heard;
import io.zerostate.task.Outcome;
import io.zerostate.task.RunReport;
import io.zerostate.wasm.Deadline;
import io.zerostate.wasm.Invocation;
import io.zerostate.wasm.ModuleCache;
import io.zerostate.wasm.OutputListener;
import io.zerostate.wasm.PreparedModule;
import io.zerostate.wasm.WasmRuntime;
import io.zerostate.wasm.chicory.ChicoryRuntime;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a new version of an agent before its first task. */
class WarmUpTest {
    private static final Duration BUDGET = Duration.ofMillis(100);

    @TempDir
    private Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = Bus.withCodecs(vertx);
    private final ExecutorService loads = Executors.newSingleThreadExecutor();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
    private final Heard<Ran> ran = new Heard<>();
    private WatchedStore store;
    private ModuleLoader modules;

    private record Ran(String program, Invocation invocation, Outcome outcome) {}

    @BeforeEach
    void open() {
        store = new WatchedStore(new DirectoryBinaryStore(vertx.createSharedWorkerExecutor("files", 1), directory));
        modules = new ModuleLoader(
                new ModuleCache(64L * 1024 * 1024, loads),
                store,
                watched(new ChicoryRuntime(Clock.systemUTC(), new SecureRandom())),
                new EngineMetrics(new SimpleMeterRegistry()),
                vertx.getOrCreateContext());
    }

    @AfterEach
    void close() {
        vertx.close().await();
        ticker.shutdownNow();
        loads.shutdownNow();
    }

    @Test
    void aNewVersionHasRunWithoutAnythingBeforeItsFirstTask() {
        warm(BUDGET);
        tell("hello", put("hello_c.wasm"), false);

        Ran first = ran.await(run -> run.program().equals("hello"));
        ran.awaitMore(2);
        assertThat(first.outcome()).isEqualTo(new Outcome.Completed(0));
        assertThat(first.invocation().input().env()).isEmpty();
        assertThat(first.invocation().input().args()).isEmpty();
        assertThat(first.invocation().files()).isNull();
        assertThat(first.invocation().limits().timeoutMs()).isLessThanOrEqualTo(BUDGET.toMillis());
    }

    @Test
    void aProgramThatDoesNotEndTakesItsBudgetAndKeepsNobodyFromTheirs() {
        warm(BUDGET);
        tell("endless", put("endless.wasm"), false);
        tell("hello", put("hello_c.wasm"), false);

        assertThat(ran.await(run -> run.program().equals("endless")).outcome()).isInstanceOf(Outcome.TimedOut.class);
        ran.await(run -> run.program().equals("hello"));
    }

    @Test
    void whatCannotBeHadOrIsNoProgramKeepsNobodyFromTheirs() {
        warm(BUDGET);
        tell("absent", "0".repeat(64), false);
        tell("refused", put("truncated.wasm"), false);
        tell("hello", put("hello_c.wasm"), false);

        ran.await(run -> run.program().equals("hello"));
        assertThat(ran.all()).allMatch(run -> run.program().equals("hello"));
    }

    @Test
    void withoutABudgetTheModuleIsBroughtToTheNodeAndNotRun() throws Exception {
        warm(Duration.ZERO);
        String first = put("hello_c.wasm");
        String second = put("exit_3.wasm");
        tell("first", first, false);
        tell("second", second, false);

        // The second comes after the first, so the first is there when the second was asked for.
        modules.load(second);
        modules.load(first);
        assertThat(store.gets()).containsExactlyInAnyOrder(first, second);
        assertThat(ran.all()).isEmpty();
    }

    @Test
    void aDeletedAgentIsLeftAlone() {
        warm(BUDGET);
        String deleted = put("exit_3.wasm");
        tell("deleted", deleted, true);
        tell("hello", put("hello_c.wasm"), false);

        ran.await(run -> run.program().equals("hello"));
        assertThat(store.gets()).doesNotContain(deleted);
    }

    private void warm(Duration budget) {
        vertx.deployVerticle(new WarmUp(bus, modules, ticker, budget)).await();
    }

    private String put(String file) {
        return store.put(Path.of("tests/wasm", file)).await().sha256();
    }

    private void tell(String name, String sha256, boolean deleted) {
        bus.publish(
                Addresses.AGENT_EVENTS,
                new AgentChanged(new UUID(0, 1), 1, name, 1, sha256, deleted, Instant.parse("2026-01-02T03:04:05Z")));
    }

    /** The real engine, heard. */
    private WasmRuntime watched(WasmRuntime engine) {
        return wasm -> new Watched(engine.prepare(wasm));
    }

    private final class Watched implements PreparedModule {
        private final PreparedModule module;

        Watched(PreparedModule module) {
            this.module = module;
        }

        @Override
        public ModuleReport report() {
            return module.report();
        }

        @Override
        public long weightBytes() {
            return module.weightBytes();
        }

        @Override
        public RunReport run(Invocation invocation, OutputListener output, Deadline deadline) {
            RunReport report = module.run(invocation, output, deadline);
            ran.add(new Ran(invocation.name(), invocation, report.outcome()));
            return report;
        }
    }
}
