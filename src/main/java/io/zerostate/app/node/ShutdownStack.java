package io.zerostate.app.node;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was opened, to be closed in reverse. Closes everything, whatever fails on the way. Not for use by two threads. */
final class ShutdownStack implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShutdownStack.class);

    private record Step(String name, AutoCloseable part) {}

    private final Deque<Step> steps = new ArrayDeque<>();

    /** @param name of the part, for the log */
    void push(String name, AutoCloseable part) {
        steps.push(new Step(name, part));
    }

    @Override
    public void close() {
        while (!steps.isEmpty()) {
            Step step = steps.pop();
            long started = System.nanoTime();
            try {
                step.part.close();
            } catch (Exception failure) {
                LOG.warn("{} did not stop cleanly", step.name, failure);
            }
            LOG.debug("{} stopped in {} ms", step.name, (System.nanoTime() - started) / 1_000_000);
        }
    }
}
