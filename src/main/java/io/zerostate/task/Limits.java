package io.zerostate.task;

/**
 * What one attempt may use. Values are effective: defaults, agent and task were merged and checked against the node's maxima
 * when the task was accepted.
 *
 * @param timeoutMs wall-clock milliseconds for parse, link and run together
 * @param memoryBytes linear memory, all of a run's memories together
 * @param stdoutBytes bytes kept of stdout; one more ends the run
 * @param stderrBytes bytes kept of stderr; one more ends the run
 */
public record Limits(long timeoutMs, long memoryBytes, long stdoutBytes, long stderrBytes) {
    private static final long MIB = 1024 * 1024;

    /** Used where neither the agent nor the task says otherwise. */
    public static final Limits DEFAULT = new Limits(10_000, 128 * MIB, MIB, 256 * 1024);

    /** Beyond this nothing runs, whatever an agent or a task asks for. */
    public static final Limits MAXIMUM = new Limits(300_000, 1024 * MIB, 16 * MIB, 16 * MIB);

    public Limits {
        requirePositive("timeout_ms", timeoutMs);
        requirePositive("memory_bytes", memoryBytes);
        requirePositive("stdout_bytes", stdoutBytes);
        requirePositive("stderr_bytes", stderrBytes);
    }

    private static void requirePositive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive, was " + value);
        }
    }
}
