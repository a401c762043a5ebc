package io.zerostate.queue;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs the steps of dispatch after each change. A step looks at how things are and does what can be done now, so no order of
 * events can leave work undone.
 */
final class Steps {
    private final List<Runnable> steps = new ArrayList<>();
    private boolean running;
    private boolean changed;

    void add(Runnable step) {
        steps.add(step);
    }

    /** Something changed. A change that a step makes itself runs the steps once more, after it. */
    void changed() {
        changed = true;
        if (running) {
            return;
        }
        running = true;
        try {
            while (changed) {
                changed = false;
                steps.forEach(Runnable::run);
            }
        } finally {
            running = false;
        }
    }
}
