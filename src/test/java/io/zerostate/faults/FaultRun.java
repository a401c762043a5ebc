package io.zerostate.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** One fault on a cluster under load: everything that is written down about it, and what is checked when the load has drained. */
final class FaultRun implements AutoCloseable {
    private static final Duration DRAIN_PATIENCE = Duration.ofMinutes(3);
    private static final Duration REDIS_PATIENCE = Duration.ofSeconds(30);
    private static final long SAMPLE_MS = 250;

    private final FaultCluster cluster;
    private final String name;
    private final String keyPrefix;
    private final Ledger ledger;
    private final LoadDriver load;
    private final Observer observer;
    private final Invariants invariants;
    private final ScheduledExecutorService sampling =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());

    /** @param name of the fault, in the table */
    FaultRun(FaultCluster cluster, String name, long seed) {
        this.cluster = cluster;
        this.name = name;
        this.keyPrefix = name.replaceAll("\\W+", "-") + "-" + Long.toUnsignedString(seed) + "-";
        this.ledger = new Ledger(Path.of("target", "faults", keyPrefix + "ledger.txt"));
        this.load = new LoadDriver(cluster.nodes(), ledger, keyPrefix, seed);
        this.observer = new Observer(cluster.nodes(), ledger);
        this.invariants = new Invariants(cluster, ledger);
        observer.start();
        sampling.scheduleWithFixedDelay(this::sample, 0, SAMPLE_MS, TimeUnit.MILLISECONDS);
    }

    private void sample() {
        try {
            invariants.inTwoPlaces().forEach(found -> ledger.violation("I6 " + found));
        } catch (IOException away) {
            // Redis is meant to be, now and then.
        }
    }

    Ledger ledger() {
        return ledger;
    }

    LoadDriver load() {
        return load;
    }

    Observer observer() {
        return observer;
    }

    String keyPrefix() {
        return keyPrefix;
    }

    /** Waits until so many of the accepted tasks have ended. */
    void awaitEnded(int count) {
        Waiting.until(count + " tasks have ended", DRAIN_PATIENCE, () -> {
            try (Connection connection = cluster.postgres().connect()) {
                List<String> ids = ledger.ids();
                return ids.size() - Invariants.unfinished(connection, ids) >= count;
            }
        });
    }

    /** Waits until all that were accepted by now have ended. */
    Duration awaitEndOfAccepted() {
        Instant since = Instant.now();
        List<String> ids = ledger.ids();
        Waiting.until("what was accepted has ended", DRAIN_PATIENCE, () -> {
            try (Connection connection = cluster.postgres().connect()) {
                return Invariants.unfinished(connection, ids) == 0;
            }
        });
        return Duration.between(since, Instant.now());
    }

    /**
     * Lets a fault happen, last, and be healed.
     *
     * @return from the end of the fault until everything that was accepted before it had ended
     */
    Duration endure(Fault fault, RandomGenerator chance) throws Exception {
        Fault.Healing healing = fault.inject(cluster, chance);
        Waiting.forAsLongAs(fault.lasts());
        CompletableFuture<Void> healed = CompletableFuture.runAsync(() -> Fault.heal(healing));
        Duration recovery = awaitEndOfAccepted();
        healed.join();
        cluster.restore();
        return recovery;
    }

    /** Ends the load, waits for the end of every task, and checks everything. */
    FaultTable.Row conclude(Duration recovery, String observed) throws Exception {
        load.stop();
        List<String> violations = new ArrayList<>();
        complaint(this::awaitEndOfAccepted, violations);
        complaint(this::awaitFollowers, violations);
        complaint(this::awaitEmptyRedis, violations);
        observer.lookAtAll(Set.copyOf(ledger.ids()));
        sampling.shutdownNow();
        violations.addAll(invariants.check(keyPrefix));
        try (Connection connection = cluster.postgres().connect()) {
            Figures figures = Figures.of(ledger.ids(), connection);
            return new FaultTable.Row(name, figures, observer.staleFinishes(), recovery, violations, observed);
        }
    }

    /** The other checks tell more of why it took too long. */
    private static void complaint(Runnable check, List<String> violations) {
        try {
            check.run();
        } catch (AssertionError tooLong) {
            violations.add(tooLong.getMessage());
        }
    }

    private void awaitFollowers() {
        Waiting.until("all followers heard the end", REDIS_PATIENCE, () -> load.follower().following() == 0);
    }

    private void awaitEmptyRedis() {
        Waiting.until("I7 Redis is empty", REDIS_PATIENCE, () -> invariants.leftInRedis().isEmpty());
    }

    @Override
    public void close() throws IOException {
        sampling.shutdownNow();
        load.close();
        observer.close();
        ledger.close();
    }
}
