package io.zerostate.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.zerostate.agent.BinaryRef;
import io.zerostate.binary.BinaryStore;
import io.zerostate.binary.WatchedStore;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.ClaimedTask;
import io.zerostate.bus.StopRun.Reason;
import io.zerostate.bus.WorkerIdle;
import io.zerostate.task.Bytes;
import io.zerostate.task.Limits;
import io.zerostate.task.Outcome;
import io.zerostate.task.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutionWorkerVerticleTest {
    @TempDir
    private Path directory;

    private ExecutionNode node;

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void everyWorkerAnnouncesItselfAtItsOwnAddress() {
        start(2);

        assertThat(List.of(node.idle.await(worker -> worker.slot() == 0), node.idle.await(worker -> worker.slot() == 1)))
                .containsExactly(
                        new WorkerIdle(0, Addresses.workerAddress(ExecutionNode.NAME, 0)),
                        new WorkerIdle(1, Addresses.workerAddress(ExecutionNode.NAME, 1)));
    }

    @Test
    void aTaskRunsAndItsReportIsTheAnswer() {
        start(1);
        RunReport report = run(ExecutionNode.task(node.put("hello_c.wasm")));

        assertThat(report.outcome()).isEqualTo(new Outcome.Completed(0));
        assertThat(text(report.stdout().bytes())).isNotEmpty();
        assertThat(report.stdout().truncated()).isFalse();
    }

    @Test
    void theProgramSeesItsNameArgumentsEnvironmentAndInput() {
        start(1);
        ClaimedTask task = ExecutionNode.task(node.put("echo_env.wasm"), "one");
        String stdout = text(run(task).stdout().bytes());

        assertThat(stdout)
                .contains("args[0]=agent\nargs[1]=one\n")
                .contains("env GIVEN=yes\n")
                .contains("env ZEROSTATE_TASK_ID=" + task.taskId() + "\n")
                .contains("env ZEROSTATE_ATTEMPT=3\n")
                .contains("input");
    }

    @Test
    void aCancelledRunStopsWithinHalfASecondAndTheWorkerGoesOn() {
        start(1);
        ClaimedTask endless = ExecutionNode.task(node.put("endless.wasm"));
        Future<RunReport> running = begin(endless);
        long asked = System.nanoTime();
        node.stop(endless, 3, Reason.CANCELLED);
        RunReport report = running.await();

        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofMillis(500));
        assertThat(report.outcome()).isEqualTo(new Outcome.Cancelled());
        assertThat(run(ExecutionNode.task(node.put("hello_c.wasm"))).outcome()).isEqualTo(new Outcome.Completed(0));
    }

    @Test
    void aStopThatComesBeforeTheRunStopsItToo() {
        start(1);
        ClaimedTask endless = ExecutionNode.task(node.put("endless.wasm"));
        node.stop(endless, 3, Reason.CANCELLED);

        assertThat(run(endless).outcome()).isEqualTo(new Outcome.Cancelled());
    }

    @Test
    void aCancelOfWhicheverAttemptRunsStopsIt() {
        start(1);
        ClaimedTask endless = ExecutionNode.task(node.put("endless.wasm"));
        node.stop(endless, 0, Reason.CANCELLED);

        assertThat(run(endless).outcome()).isEqualTo(new Outcome.Cancelled());
    }

    @Test
    void aStopOfAnotherAttemptLeavesTheRunAlone() {
        start(1);
        ClaimedTask ticker = ExecutionNode.task(node.put("ticker.wasm"), "5", "60");
        Future<RunReport> running = node.execute(0, ticker);
        node.output.await(wrote -> wrote.taskId().equals(ticker.taskId()));
        node.stop(ticker, 2, Reason.LEASE_LOST);
        node.stop(ExecutionNode.task("0"), 3, Reason.CANCELLED);

        assertThat(running.await().outcome()).isEqualTo(new Outcome.Completed(0));
    }

    @Test
    void aRunThatLostItsLeaseOrItsNodeIsLost() {
        start(1);
        for (Reason reason : List.of(Reason.LEASE_LOST, Reason.SHUTDOWN)) {
            ClaimedTask ticker = ExecutionNode.task(node.put("ticker.wasm"), "1000", "20");
            Future<RunReport> running = node.execute(0, ticker);
            node.output.await(wrote -> wrote.taskId().equals(ticker.taskId()));
            node.stop(ticker, 3, reason);

            assertThat(running.await().outcome()).isInstanceOf(Outcome.Lost.class);
        }
    }

    @Test
    void anEndlessRunEndsWithItsTimeoutAndTheThreadIsFitForTheNext() {
        start(1);
        String endless = node.put("endless.wasm");
        String hello = node.put("hello_c.wasm");
        for (int round = 0; round < 3; round++) {
            RunReport report = run(ExecutionNode.task(endless, timeout(200)));

            assertThat(report.outcome()).isEqualTo(new Outcome.TimedOut(200));
            assertThat(report.durationMs()).isBetween(200L, 1_200L);
            assertThat(run(ExecutionNode.task(hello)).outcome()).isEqualTo(new Outcome.Completed(0));
        }
    }

    @Test
    void theTimeoutCoversAStoreThatDoesNotAnswerAndIsNotHeldAgainstTheTask() {
        start(1, store -> new Answering(store, () -> Promise.<Bytes>promise().future()));
        String hello = node.put("hello_c.wasm");
        RunReport report = run(ExecutionNode.task(hello, timeout(150)));

        assertThat(report.outcome())
                .isEqualTo(new Outcome.Unavailable("The module cannot be had for now: its store did not give it in time"));
        assertThat(report.durationMs()).isBetween(150L, 1_150L);
    }

    @Test
    void whileTheStoreIsAwayModulesOfTheCacheRunAndOthersAreUnavailable() {
        WatchedStore[] store = new WatchedStore[1];
        start(1, real -> store[0] = new WatchedStore(real));
        String cached = node.put("hello_c.wasm");
        String other = node.put("exit_3.wasm");
        run(ExecutionNode.task(cached));
        store[0].setAway(true);

        assertThat(run(ExecutionNode.task(cached)).outcome()).isEqualTo(new Outcome.Completed(0));
        assertThat(run(ExecutionNode.task(other)).outcome())
                .isEqualTo(new Outcome.Unavailable("The module cannot be had for now: " + WatchedStore.AWAY));
        store[0].setAway(false);
        assertThat(run(ExecutionNode.task(other)).outcome()).isEqualTo(new Outcome.Completed(3));
    }

    @Test
    void aWorkerThatWaitsForItsModuleCanBeCancelled() {
        start(1, store -> new Answering(store, () -> Promise.<Bytes>promise().future()));
        ClaimedTask task = ExecutionNode.task(node.put("hello_c.wasm"));
        Future<RunReport> running = node.execute(0, task);
        node.stop(task, 3, Reason.CANCELLED);

        assertThat(running.await().outcome()).isEqualTo(new Outcome.Cancelled());
    }

    @Test
    void aModuleThatCannotBeHadMeansTheAttemptIsLost() throws IOException {
        start(1);
        assertThat(run(ExecutionNode.task("ab".repeat(32))).outcome()).isInstanceOf(Outcome.Lost.class);

        String corrupt = node.put("hello_c.wasm");
        try (Stream<Path> files = Files.walk(directory)) {
            Files.writeString(files.filter(file -> file.endsWith(corrupt)).findFirst().orElseThrow(), "damaged");
        }
        assertThat(run(ExecutionNode.task(corrupt)).outcome())
                .isInstanceOfSatisfying(Outcome.Lost.class, lost -> assertThat(lost.reason()).contains(corrupt));
    }

    @Test
    void aStoreThatThrowsMeansTheAttemptIsLost() {
        start(1, store -> new Answering(store, () -> {
            throw new IllegalStateException("the store is broken");
        }));

        assertThat(run(ExecutionNode.task("ab".repeat(32))).outcome()).isInstanceOf(Outcome.Lost.class);
    }

    @Test
    void whatIsNoAgentIsRejectedWithTheReason() {
        start(1);

        assertThat(run(ExecutionNode.task(node.put("no_start.wasm"))).outcome())
                .isInstanceOfSatisfying(Outcome.Rejected.class, refused -> assertThat(refused.reason()).contains("_start"));
    }

    @Test
    void aModuleIsFetchedOncePerNode() {
        start(2);
        String hello = node.put("hello_c.wasm");
        run(ExecutionNode.task(hello));
        node.binaries.delete(hello).await();

        assertThat(node.execute(1, ExecutionNode.task(hello)).await().outcome()).isEqualTo(new Outcome.Completed(0));
    }

    @Test
    void workersRunBesideEachOther() {
        start(2);
        ClaimedTask endless = ExecutionNode.task(node.put("endless.wasm"));
        Future<RunReport> running = begin(endless);

        assertThat(node.execute(1, ExecutionNode.task(node.put("hello_c.wasm"))).await().outcome())
                .isEqualTo(new Outcome.Completed(0));
        assertThat(running.isComplete()).isFalse();
        node.stop(endless, 3, Reason.CANCELLED);
        running.await();
    }

    /** Gives an endless run time to get going: it says nothing that one could wait for. */
    private Future<RunReport> begin(ClaimedTask endless) {
        Future<RunReport> running = node.execute(0, endless);
        node.vertx.timer(100, TimeUnit.MILLISECONDS).await();
        assertThat(running.isComplete()).isFalse();
        return running;
    }

    private void start(int slots) {
        start(slots, store -> store);
    }

    private void start(int slots, UnaryOperator<BinaryStore> between) {
        node = new ExecutionNode(directory, slots, between);
    }

    private RunReport run(ClaimedTask task) {
        return node.execute(0, task).await();
    }

    private static Limits timeout(long milliseconds) {
        Limits limits = ExecutionNode.LIMITS;
        return new Limits(milliseconds, limits.memoryBytes(), limits.stdoutBytes(), limits.stderrBytes());
    }

    private static String text(Bytes bytes) {
        return new String(bytes.array(), UTF_8);
    }

    /** A store that answers every read with what a test wants. */
    private record Answering(BinaryStore store, Supplier<Future<Bytes>> answer) implements BinaryStore {
        @Override
        public Future<BinaryRef> put(Path file) {
            return store.put(file);
        }

        @Override
        public Future<Bytes> get(String sha256) {
            return answer.get();
        }

        @Override
        public Future<Void> delete(String sha256) {
            return store.delete(sha256);
        }

        @Override
        public Future<Void> check() {
            return store.check();
        }
    }
}
