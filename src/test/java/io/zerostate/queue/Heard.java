package io.zerostate.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Everything that was heard on a topic, for a test to wait on. */
public final class Heard<T> {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<T> all = new ArrayList<>();

    public synchronized void add(T message) {
        all.add(message);
        notifyAll();
    }

    public synchronized List<T> all() {
        return List.copyOf(all);
    }

    /** Waits for the first message that is as described, from the start. */
    public T await(Predicate<T> description) {
        awaitAll(messages -> messages.stream().anyMatch(description));
        return all().stream().filter(description).findFirst().orElseThrow();
    }

    /** Waits until this many more messages were heard. */
    public void awaitMore(int count) {
        int soFar = all().size();
        awaitAll(messages -> messages.size() >= soFar + count);
    }

    public synchronized void awaitAll(Predicate<List<T>> condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.test(all)) {
            long leftMs = (end - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0) {
                throw new AssertionError("only heard " + all);
            }
            try {
                wait(leftMs);
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
    }
}
