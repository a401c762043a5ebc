package io.zerostate.result;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.zerostate.app.SharedPostgres;
import io.zerostate.bus.ClaimTasks;
import io.zerostate.bus.FinishAttempt;
import io.zerostate.bus.Submission;
import io.zerostate.config.DatabaseSettings;
import io.zerostate.postgres.Answers;
import io.zerostate.postgres.DatabasePool;
import io.zerostate.postgres.Migrations;
import io.zerostate.result.postgres.PostgresTaskStore;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The three statements that each task needs, against an embedded PostgreSQL that waits for its disk: how long one takes, by the number of
 * tasks that share it. One statement at a time, so nothing shares a commit but what is in it.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 3, time = 5)
@Fork(1)
public class StatementBenchmark {

    /** An empty database, and the product's store on it. */
    @State(Scope.Benchmark)
    public static class Store {
        private static final long ENOUGH_BYTES = 1L << 40;

        @Param({"1", "32", "256"})
        int tasks;

        private Vertx vertx;
        private Pool pool;
        private TaskStore store;

        @Setup
        public void open() {
            DatabaseSettings database = SharedPostgres.newDatabase();
            Migrations.run(database);
            vertx = Vertx.vertx();
            pool = DatabasePool.create(vertx, database, "benchmark");
            store = new PostgresTaskStore(pool);
        }

        @TearDown
        public void close() {
            Answers.of(pool.close());
            Answers.of(vertx.close());
        }

        List<Submission> submissions() {
            return Stream.generate(Samples::submission).limit(tasks).toList();
        }

        List<SubmitAnswer> submit(List<Submission> submissions) {
            return Answers.of(store.submit(submissions));
        }

        ClaimAnswer claim(List<UUID> ids) {
            return Answers.of(store.claim(new ClaimTasks("benchmark", ids, ENOUGH_BYTES, ENOUGH_BYTES)));
        }

        List<FinishAnswer> finish(List<UUID> ids) {
            List<FinishAttempt> reports = ids.stream().map(id -> Samples.success(id, 1)).toList();
            return Answers.of(store.finish(reports));
        }
    }

    /** Tasks to submit. */
    @State(Scope.Benchmark)
    public static class Fresh {
        List<Submission> submissions;

        @Setup(Level.Invocation)
        public void make(Store store) {
            submissions = store.submissions();
        }

        @TearDown(Level.Invocation)
        public void end(Store store) {
            List<UUID> ids = submissions.stream().map(Submission::taskId).toList();
            store.claim(ids);
            store.finish(ids);
        }
    }

    /** Tasks to claim. */
    @State(Scope.Benchmark)
    public static class Waiting {
        List<UUID> ids;

        @Setup(Level.Invocation)
        public void submit(Store store) {
            List<Submission> submissions = store.submissions();
            store.submit(submissions);
            ids = submissions.stream().map(Submission::taskId).toList();
        }

        @TearDown(Level.Invocation)
        public void end(Store store) {
            store.finish(ids);
        }
    }

    /** Tasks to finish. */
    @State(Scope.Benchmark)
    public static class Running {
        List<UUID> ids;

        @Setup(Level.Invocation)
        public void claim(Store store) {
            List<Submission> submissions = store.submissions();
            store.submit(submissions);
            ids = submissions.stream().map(Submission::taskId).toList();
            store.claim(ids);
        }
    }

    @Benchmark
    public List<SubmitAnswer> submit(Store store, Fresh tasks) {
        return store.submit(tasks.submissions);
    }

    @Benchmark
    public ClaimAnswer claim(Store store, Waiting tasks) {
        return store.claim(tasks.ids);
    }

    @Benchmark
    public List<FinishAnswer> finish(Store store, Running tasks) {
        return store.finish(tasks.ids);
    }
}
