package io.zerostate.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zerostate.agent.ModuleReport;
import io.zerostate.task.Bytes;
import io.zerostate.task.Outcome;
import io.zerostate.task.RunReport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ModuleCacheTest {
    private ExecutorService threads;

    @BeforeEach
    void startThreads() {
        threads = Executors.newCachedThreadPool();
    }

    @AfterEach
    void stopThreads() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    /** A module that only weighs something. */
    private record Weight(long weightBytes) implements PreparedModule {
        @Override
        public ModuleReport report() {
            return new ModuleReport(List.of(), 0, 0, 0, 0, 0, List.of());
        }

        @Override
        public RunReport run(Invocation invocation, OutputListener output, Deadline deadline) {
            return RunReport.withoutRun(new Outcome.Completed(0));
        }
    }

    @Test
    void aModuleIsLoadedOnce() throws Exception {
        ModuleCache cache = new ModuleCache(1000);
        PreparedModule module = new Weight(10);
        assertThat(cache.get("a", () -> module)).isSameAs(module);
        assertThat(cache.get("a", () -> new Weight(99))).isSameAs(module);
        assertThat(cache.stats()).isEqualTo(new ModuleCache.Stats(1, 1, 0, 1, 10));
    }

    @Test
    void requestsDuringALoadWaitForItInsteadOfLoadingToo() throws Exception {
        ModuleCache cache = new ModuleCache(1000);
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch proceed = new CountDownLatch(1);
        AtomicInteger loads = new AtomicInteger();
        Callable<PreparedModule> request = () -> cache.get("a", () -> {
            loads.incrementAndGet();
            loading.countDown();
            proceed.await();
            return new Weight(1);
        });
        List<Future<PreparedModule>> answers = new ArrayList<>();
        answers.add(threads.submit(request));
        loading.await();
        for (int i = 0; i < 8; i++) {
            answers.add(threads.submit(request));
        }
        // Another module is not held up meanwhile.
        assertThat(cache.get("b", () -> new Weight(2))).isNotNull();
        proceed.countDown();
        for (Future<PreparedModule> answer : answers) {
            assertThat(answer.get()).isSameAs(answers.getFirst().get());
        }
        assertThat(loads).hasValue(1);
    }

    /** Bytes from a store, and a module that weighs as much as they are. */
    private record Stored(CompletableFuture<Bytes> bytes) implements ModuleCache.Source {
        @Override
        public CompletionStage<Bytes> fetch() {
            return bytes;
        }

        @Override
        public PreparedModule prepare(Bytes wasm) {
            return new Weight(wasm.length());
        }
    }

    @Test
    void aModuleOnItsWayHoldsUpNoOther() throws Exception {
        ExecutorService oneThread = Executors.newSingleThreadExecutor();
        try {
            ModuleCache cache = new ModuleCache(1000, oneThread);
            CompletableFuture<Bytes> onItsWay = new CompletableFuture<>();
            Future<PreparedModule> first = threads.submit(() -> cache.get("a", new Stored(onItsWay)));
            Stored atHand = new Stored(CompletableFuture.completedFuture(Bytes.ofUtf8("wasm")));
            assertThat(cache.get("b", atHand)).isEqualTo(new Weight(4));
            assertThat(first.isDone()).isFalse();
            onItsWay.complete(Bytes.ofUtf8("wasm 2"));
            assertThat(first.get()).isEqualTo(new Weight(6));
            assertThat(cache.stats().modules()).isEqualTo(2);
        } finally {
            oneThread.shutdownNow();
        }
    }

    @Test
    void aFetchThatFailsReachesTheCallerAndIsNotKept() throws Exception {
        ModuleCache cache = new ModuleCache(1000);
        Stored gone = new Stored(CompletableFuture.failedFuture(new IllegalStateException("store is down")));
        assertThatThrownBy(() -> cache.get("a", gone)).isInstanceOf(IllegalStateException.class).hasMessage("store is down");
        assertThat(cache.get("a", () -> new Weight(1))).isEqualTo(new Weight(1));
    }

    @Test
    void aRefusalReachesTheCallerAndIsNotKept() throws Exception {
        ModuleCache cache = new ModuleCache(1000);
        assertThatThrownBy(() -> cache.get("a", () -> {
                    throw new ModuleRefusedException("no", 3);
                }))
                .isInstanceOfSatisfying(ModuleRefusedException.class, e -> assertThat(e.byteOffset()).isEqualTo(3));
        assertThat(cache.get("a", () -> new Weight(1))).isEqualTo(new Weight(1));
    }

    @Test
    void aFailureOfTheLoaderReachesTheCallerAndIsNotKept() throws Exception {
        ModuleCache cache = new ModuleCache(1000);
        assertThatThrownBy(() -> cache.get("a", () -> {
                    throw new IllegalStateException("store is down");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("store is down");
        assertThat(cache.get("a", () -> new Weight(1))).isEqualTo(new Weight(1));
    }

    @Test
    void whoWaitsForALoadThatFailsLoadsItself() throws Exception {
        ModuleCache cache = new ModuleCache(1000);
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch fail = new CountDownLatch(1);
        Future<PreparedModule> first = threads.submit(() -> cache.get("a", () -> {
            loading.countDown();
            fail.await();
            throw new InterruptedException("the first one's deadline");
        }));
        loading.await();
        FutureTask<PreparedModule> second = new FutureTask<>(() -> cache.get("a", () -> new Weight(2)));
        Thread waiter = Thread.ofPlatform().start(second);
        awaitState(waiter, Thread.State.WAITING);
        fail.countDown();
        assertThat(second.get()).isEqualTo(new Weight(2));
        assertThatThrownBy(first::get).hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void aLoadOnItsOwnThreadGoesOnWhenWhoAskedGivesUp() throws Exception {
        ModuleCache cache = new ModuleCache(1000, threads);
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch proceed = new CountDownLatch(1);
        FutureTask<PreparedModule> impatient = new FutureTask<>(() -> cache.get("a", () -> {
            loading.countDown();
            proceed.await();
            return new Weight(7);
        }));
        Thread asking = Thread.ofPlatform().start(impatient);
        loading.await();
        asking.interrupt();
        assertThatThrownBy(impatient::get).hasCauseInstanceOf(InterruptedException.class);
        proceed.countDown();
        assertThat(cache.get("a", () -> new Weight(99))).isEqualTo(new Weight(7));
    }

    @Test
    void theWeightStaysWithinTheBound() throws Exception {
        ModuleCache cache = new ModuleCache(100);
        for (int i = 0; i < 50; i++) {
            cache.get("module" + i, () -> new Weight(30));
        }
        assertThat(cache.stats().weightBytes()).isLessThanOrEqualTo(100);
        assertThat(cache.stats().modules()).isEqualTo(3);
        assertThat(cache.stats().evictions()).isEqualTo(47);
    }

    @Test
    void aModuleThatWasPreloadedIsNotLoaded() throws Exception {
        ModuleCache cache = new ModuleCache(100);
        PreparedModule module = new Weight(1);
        cache.preload("a", module);
        assertThat(cache.get("a", () -> new Weight(2))).isSameAs(module);
        cache.remove("a");
        assertThat(cache.get("a", () -> new Weight(2))).isEqualTo(new Weight(2));
    }

    private static void awaitState(Thread thread, Thread.State state) {
        while (thread.getState() != state) {
            Thread.onSpinWait();
        }
    }
}
