package io.zerostate.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.Bus;
import io.zerostate.bus.ClaimTasks;
import io.zerostate.bus.CountTasks;
import io.zerostate.bus.FinishAttempt;
import io.zerostate.bus.ListTasks;
import io.zerostate.bus.QueueEntry;
import io.zerostate.bus.Submission;
import io.zerostate.bus.SubmitTasks;
import io.zerostate.config.QueueSettings;
import io.zerostate.metrics.QueueMetrics;
import io.zerostate.metrics.TaskMetrics;
import io.zerostate.postgres.Answers;
import io.zerostate.postgres.DatabasePool;
import io.zerostate.postgres.TestDatabase;
import io.zerostate.queue.local.LocalTaskQueue;
import io.zerostate.result.ResultVerticle;
import io.zerostate.result.TaskStore;
import io.zerostate.result.postgres.PostgresTaskStore;
import io.zerostate.task.Outcome;
import io.zerostate.task.Priority;
import io.zerostate.task.RunReport;
import io.zerostate.task.Schedule;
import io.zerostate.task.Settlement;
import io.zerostate.task.TaskSpec;
import io.zerostate.task.TaskState;
import io.zerostate.task.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a long line costs those who come to it, and those who leave it. */
class LongLineIT {
    private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();
    private static final String NODE = "node-1";
    private static final int SHORT = 100;
    private static final int LONG = 100_000;
    private static final int SAMPLES = 300;

    private Vertx vertx;
    private Bus bus;
    private Pool pool;
    private TaskStore store;
    private LocalTaskQueue queue;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        bus = Bus.withCodecs(vertx);
        pool = DatabasePool.create(vertx, TestDatabase.create(), NODE);
        store = new PostgresTaskStore(pool);
        queue = newQueue();
        QueueSettings settings = new QueueSettings(
                Duration.ofMinutes(5), Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(15), 3, 1_000_000, 1_000_000);
        Answers.of(vertx.deployVerticle(new ResultVerticle(
                bus, store, () -> Future.succeededFuture(true), new TaskMetrics(new SimpleMeterRegistry()), settings)));
        bus.listen(Addresses.QUEUE_OFFER, offer -> queue.offer(offer.entries()));
    }

    @AfterEach
    void close() {
        Answers.of(pool.close());
        Answers.of(vertx.close());
    }

    private LocalTaskQueue newQueue() {
        return new LocalTaskQueue(vertx, NODE, Duration.ofMinutes(5), Clock.systemUTC());
    }

    /** Every other one is due only in an hour. */
    private static Submission submission(int number) {
        TaskSpec plain = Specs.plain();
        Instant runAt = number % 2 == 0 ? Schedule.AT_ONCE : Instant.now().plusSeconds(3_600);
        TaskSpec spec = new TaskSpec(
                plain.program(), plain.input(), plain.limits(), new Schedule(Priority.NORMAL, runAt), plain.retry(), plain.labels());
        return new Submission(IDS.generate(), Tenant.DEFAULT_ID, spec, null, null);
    }

    private void fill(int from, int to) {
        for (int start = from; start < to; start += 1_000) {
            List<Submission> batch =
                    IntStream.range(start, Math.min(to, start + 1_000)).mapToObj(LongLineIT::submission).toList();
            Answers.of(bus.request(Addresses.TASK_SUBMIT, new SubmitTasks(batch)));
        }
    }

    private static <T> double medianMs(int samples, Supplier<Future<T>> step) {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < samples; i++) {
            long start = System.nanoTime();
            Answers.of(step.get());
            times.add(System.nanoTime() - start);
        }
        times.sort(null);
        return times.get(samples / 2) / 1e6;
    }

    private Map<String, Double> measure() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(
                "submit", medianMs(SAMPLES, () -> bus.request(Addresses.TASK_SUBMIT, new SubmitTasks(List.of(submission(0))))));
        List<QueueEntry> leased = new ArrayList<>();
        figures.put("lease", medianMs(SAMPLES / 6, () -> queue.lease(1).onSuccess(leased::addAll)));
        int[] next = new int[2];
        figures.put(
                "claim",
                medianMs(
                        SAMPLES / 6,
                        () -> bus.request(
                                Addresses.TASK_CLAIM, new ClaimTasks(NODE, List.of(leased.get(next[0]++).taskId())))));
        figures.put(
                "finish",
                medianMs(
                        SAMPLES / 6,
                        () -> bus.request(
                                Addresses.TASK_FINISH,
                                new FinishAttempt(
                                        leased.get(next[1]++).taskId(),
                                        1,
                                        RunReport.withoutRun(new Outcome.Completed(0)),
                                        new Settlement.End(TaskState.COMPLETED)))));
        leased.forEach(entry -> queue.release(entry.taskId()));
        figures.put(
                "list",
                medianMs(
                        60,
                        () -> bus.request(
                                Addresses.TASK_LIST,
                                new ListTasks(
                                        Tenant.DEFAULT_ID,
                                        new ListTasks.Filter(TaskState.QUEUED, null, null, null, null),
                                        null,
                                        50))));
        figures.put("/queue", medianMs(100, () -> bus.request(Addresses.TASK_COUNT, new CountTasks(Tenant.DEFAULT_ID))));
        figures.put("its count", medianMs(20, () -> store.count(Tenant.DEFAULT_ID)));
        figures.put("admission count", medianMs(20, store::countUnfinished));
        figures.put("depth", medianMs(60, queue::depth));
        Ports ports = new Ports(vertx, bus, queue, Clock.systemUTC(), new QueueMetrics(new SimpleMeterRegistry()), FailPoints.NONE);
        Reconciler reconciler = new Reconciler(ports, Duration.ofHours(1));
        figures.put("reconciler round", medianMs(5, reconciler::round));
        LocalTaskQueue empty = newQueue();
        Ports atStart = new Ports(vertx, bus, empty, Clock.systemUTC(), new QueueMetrics(new SimpleMeterRegistry()), FailPoints.NONE);
        figures.put("first round after a start", medianMs(1, new Reconciler(atStart, Duration.ofHours(1))::round));
        assertThat(Answers.of(empty.depth())).isEqualTo(Answers.of(queue.depth()));
        return figures;
    }

    @Test
    void aHundredThousandWaitingTasksSlowNothingDown() {
        fill(0, SHORT);
        measure();
        Map<String, Double> few = measure();
        fill(SHORT, LONG);
        Map<String, Double> many = measure();
        // A count and a round read the whole line, in the background or for all who ask together. Whoever submits, runs or lists
        // does not: what they wait is bounded by what this machine's noise may do to a few milliseconds.
        for (String step : List.of("submit", "lease", "claim", "finish", "list", "depth")) {
            assertThat(many.get(step)).as(step).isLessThan(3 * few.get(step) + 5);
        }
        assertThat(many.get("reconciler round")).isLessThan(5_000);
        assertThat(many.get("first round after a start")).isLessThan(5_000);
        StringBuilder table = new StringBuilder("median ms of            %9d waiting %9d waiting%n".formatted(SHORT, LONG));
        few.forEach((what, ms) -> table.append("%-24s %16.3f %17.3f%n".formatted(what, ms, many.get(what))));
        System.out.println(table);
    }
}
