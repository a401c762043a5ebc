package io.zerostate.faults;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * Posts tasks as a careful client does: each with an Idempotency-Key, at one node after the other until somebody answers 202. What
 * it posts follows from the seed alone.
 */
final class LoadDriver implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);
    private static final int MOST_CONNECTIONS = 32;

    private final List<FaultNode> nodes;
    private final Ledger ledger;
    private final String keyPrefix;
    private final long seed;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Semaphore connections = new Semaphore(MOST_CONNECTIONS);
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final ConcurrentLinkedQueue<CompletableFuture<Void>> posts = new ConcurrentLinkedQueue<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger failedRequests = new AtomicInteger();
    private final EventFollower follower;

    /** @param keyPrefix what all keys of this load begin with */
    LoadDriver(List<FaultNode> nodes, Ledger ledger, String keyPrefix, long seed) {
        this.nodes = nodes;
        this.ledger = ledger;
        this.keyPrefix = keyPrefix;
        this.seed = seed;
        this.follower = new EventFollower(nodes, ledger);
    }

    /** Posts at this rate until {@link #stop}. */
    void start(int perSecond) {
        clock.scheduleAtFixedRate(this::post, 0, TimeUnit.SECONDS.toNanos(1) / perSecond, TimeUnit.NANOSECONDS);
    }

    /** Posts so many, as fast as they are accepted. */
    void post(int count) {
        for (int i = 0; i < count; i++) {
            post();
        }
    }

    private void post() {
        int index = next.getAndIncrement();
        posts.add(CompletableFuture.runAsync(() -> submit(index), clients));
    }

    /** Posts no more, and waits until each post was accepted. */
    void stop() throws InterruptedException {
        clock.shutdown();
        clock.awaitTermination(1, TimeUnit.MINUTES);
        posts.forEach(CompletableFuture::join);
    }

    /** Requests that were neither accepted nor refused a connection. */
    int failedRequests() {
        return failedRequests.get();
    }

    private void submit(int index) {
        RandomGenerator chance = new SplittableRandom(seed + index);
        JsonObject task = Program.any(chance).task();
        String key = keyPrefix + index;
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            FaultNode node = nodes.get(chance.nextInt(nodes.size()));
            if (isAccepted(node, key, task)) {
                return;
            }
            Waiting.forAsLongAs(BETWEEN_TRIES);
        }
        ledger.violation("nobody accepts the task of key " + key);
    }

    private boolean isAccepted(FaultNode node, String key, JsonObject task) {
        connections.acquireUninterruptibly();
        try {
            NodeClient.Answer answer = node.client().submit(key, task);
            if (answer.status() == 202) {
                String id = answer.json().getString("id");
                ledger.accepted(key, id);
                follower.mayFollow(id);
                return true;
            }
            failed(node, key, answer.toString());
            if (answer.status() != 503 && answer.status() != 429) {
                ledger.violation("post of " + key + " was answered " + answer);
            }
        } catch (ConnectException refused) {
            // Nobody is there; the next one may be.
        } catch (IOException noAnswer) {
            failed(node, key, noAnswer.toString());
        } finally {
            connections.release();
        }
        return false;
    }

    private void failed(FaultNode node, String key, String reason) {
        failedRequests.incrementAndGet();
        ledger.failed(key, "at " + node.name() + ": " + reason);
    }

    /** Ends what follows events; tasks that have ended were followed to their end before. */
    @Override
    public void close() {
        clock.shutdownNow();
        clients.shutdownNow();
        follower.close();
    }

    EventFollower follower() {
        return follower;
    }
}
