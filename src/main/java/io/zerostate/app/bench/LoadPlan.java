package io.zerostate.app.bench;

/**
 * What is sent to a node.
 *
 * @param tasks in all
 * @param mostNanos after which nothing more is sent, however many tasks are left
 * @param concurrency most requests under way at a time
 * @param batch tasks per request
 */
public record LoadPlan(long tasks, long mostNanos, int concurrency, int batch, Pace pace) {
    /** The same load, of so many tasks. */
    public LoadPlan ofTasks(long number) {
        return new LoadPlan(number, Long.MAX_VALUE, concurrency, batch, pace);
    }
}
