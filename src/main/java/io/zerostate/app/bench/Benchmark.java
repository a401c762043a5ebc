package io.zerostate.app.bench;

import io.vertx.core.json.JsonObject;
import io.zerostate.app.bench.Measurement.Counts;
import io.zerostate.app.bench.Measurement.Ended;
import io.zerostate.app.client.ApiClient;
import io.zerostate.app.client.ApiException;
import io.zerostate.app.client.LoadClient;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Puts a load on a node and measures what becomes of it. Blocks the calling thread meanwhile. */
public final class Benchmark {
    private static final long TICK_MS = 500;
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final ApiClient client;
    private final JsonObject task;
    private final Duration patience;
    private final Progress progress;
    private final RandomGenerator random;

    /**
     * @param task of which copies are submitted
     * @param patience when no task has ended for so long, those left are lost
     * @param random chooses the tasks that are looked at in detail
     */
    public Benchmark(ApiClient client, JsonObject task, Duration patience, Progress progress, RandomGenerator random) {
        this.client = client;
        this.task = task;
        this.patience = patience;
        this.progress = progress;
        this.random = random;
    }

    /**
     * @param warmUpTasks sent before in the same way, and not measured: the JVMs of both sides compile what is used often
     * @throws ApiException when the node cannot be watched
     * @throws InterruptedException when the thread was
     */
    public BenchResult run(LoadPlan plan, long warmUpTasks) throws ApiException, InterruptedException {
        ScheduledExecutorService timer =
                new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("bench-timer").factory());
        Phase warmUp = new Phase(true);
        Phase measured = new Phase(false);
        try (LoadClient load = client.load(plan.concurrency());
                EndWatch watch = EndWatch.open(client, warmUp.outstanding)) {
            Time time = new LoopTime(load, timer);
            warmUp.send(plan.ofTasks(warmUpTasks), load, time);
            watch.tell(measured.outstanding);
            measured.send(plan, load, time);
            return measured.result(load);
        } finally {
            timer.shutdownNow();
        }
    }

    /** One load, from its first request until all is known of its tasks. */
    private final class Phase {
        private final boolean warmUp;
        private final Measurement measurement = new Measurement(random);
        private final Outstanding outstanding = new Outstanding(measurement);

        Phase(boolean warmUp) {
            this.warmUp = warmUp;
        }

        void send(LoadPlan plan, LoadClient load, Time time) throws InterruptedException {
            TaskRequests requests = new TaskRequests(load, task, plan.batch());
            Sender sender = new Sender(plan, time, requests::send, outstanding, measurement);
            Stragglers stragglers = new Stragglers(client, outstanding, measurement, patience);
            CountDownLatch sent = new CountDownLatch(1);
            load.run(() -> sender.send().onComplete(all -> sent.countDown()));
            while ((!sent.await(TICK_MS, TimeUnit.MILLISECONDS) || outstanding.size() > 0) && !stragglers.areLost()) {
                if (sent.getCount() == 0) {
                    outstanding.awaitNone(TICK_MS);
                }
                stragglers.look();
                Counts counts = measurement.counts();
                progress.at(warmUp, counts.sent(), counts.ended());
            }
            load.run(sender::stop);
        }

        BenchResult result(LoadClient load) throws InterruptedException {
            Split split = new Split();
            Map<String, Long> failed = new TreeMap<>();
            lookUp(load, split, failed);
            Counts counts = measurement.counts();
            long lookedAt = failed.values().stream().mapToLong(Long::longValue).sum();
            if (lookedAt < counts.failed()) {
                failed.put("not_looked_at", counts.failed() - lookedAt);
            }
            Map<Stage, LatencySummary> latencies = split.summaries();
            latencies.put(Stage.SUBMIT, measurement.submit());
            latencies.put(Stage.END_TO_END, measurement.endToEnd());
            return new BenchResult(
                    counts.sent(),
                    counts.accepted(),
                    counts.completed(),
                    counts.unseen(),
                    outstanding.size(),
                    measurement.refused(),
                    failed,
                    measurement.refusal(),
                    new BenchResult.Rates(
                            perSecond(counts.accepted(), measurement.submitNanos()),
                            perSecond(counts.ended() - counts.unseen(), measurement.endNanos())),
                    latencies);
        }

        private void lookUp(LoadClient load, Split split, Map<String, Long> failed) throws InterruptedException {
            TaskLookup lookup = new TaskLookup(load);
            CountDownLatch looked = new CountDownLatch(1);
            load.run(() -> lookup.each(measurement.completed(), Ended::task, (ended, shown) -> split.add(shown, ended.nanos()))
                    .compose(done -> lookup.each(
                            measurement.failed(), id -> id, (id, shown) -> failed.merge(kind(shown), 1L, Long::sum)))
                    .onComplete(done -> looked.countDown()));
            looked.await();
        }
    }

    private static String kind(JsonObject task) {
        return task.getJsonObject("failure", new JsonObject()).getString("kind", "unknown");
    }

    private static double perSecond(long tasks, long nanos) {
        return tasks == 0 ? 0 : tasks / (nanos / NANOS_PER_SECOND);
    }
}
