package io.zerostate.task;

/**
 * What one attempt may use. Values are effective: defaults, agent and task were merged and checked against the node's maxima
 * when the task was accepted.
 *
 * @param timeoutMs wall-clock milliseconds for parse, link and run together
 * @param memoryBytes linear memory, all of a run's memories together
 * @param stdoutBytes bytes kept of stdout; one more ends the run
 * @param stderrBytes bytes kept of stderr; one more ends the run
 * @param inputBytes bytes of stdin that a task may bring along
 * @param hostCalls functions of the host that the program may call; one more ends the run as a trap
 * @param fileBytes quota of its files, those that the task brings along included; of no meaning for a task without files
 */
public record Limits(
        long timeoutMs,
        long memoryBytes,
        long stdoutBytes,
        long stderrBytes,
        long inputBytes,
        long hostCalls,
        long fileBytes) {
    private static final long MIB = 1024 * 1024;

    /**
     * A program that writes 16 MiB byte by byte makes 17 million calls; one that does nothing but call makes this many in a few seconds.
     */
    private static final long DEFAULT_HOST_CALLS = 100_000_000;

    private static final long DEFAULT_FILE_BYTES = 16 * MIB;

    /** Used where neither the agent nor the task says otherwise. */
    public static final Limits DEFAULT = new Limits(10_000, 128 * MIB, MIB, 256 * 1024);

    /** Beyond this nothing runs, whatever an agent or a task asks for. */
    public static final Limits MAXIMUM = new Limits(
            300_000, 1024 * MIB, 16 * MIB, 16 * MIB, Input.MAX_STDIN_BYTES, 2_000_000_000, 64 * MIB);

    public Limits {
        requirePositive("timeout_ms", timeoutMs);
        requirePositive("memory_bytes", memoryBytes);
        requirePositive("stdout_bytes", stdoutBytes);
        requirePositive("stderr_bytes", stderrBytes);
        requirePositive("input_bytes", inputBytes);
        requirePositive("host_calls", hostCalls);
        requirePositive("file_bytes", fileBytes);
    }

    /** With the defaults for input, host calls and files: what every task had before these could be limited. */
    public Limits(long timeoutMs, long memoryBytes, long stdoutBytes, long stderrBytes) {
        this(
                timeoutMs,
                memoryBytes,
                stdoutBytes,
                stderrBytes,
                Input.MAX_STDIN_BYTES,
                DEFAULT_HOST_CALLS,
                DEFAULT_FILE_BYTES);
    }

    /** True when none of these is above its counterpart. */
    public boolean isWithin(Limits maximum) {
        return timeoutMs <= maximum.timeoutMs
                && memoryBytes <= maximum.memoryBytes
                && stdoutBytes <= maximum.stdoutBytes
                && stderrBytes <= maximum.stderrBytes
                && inputBytes <= maximum.inputBytes
                && hostCalls <= maximum.hostCalls
                && fileBytes <= maximum.fileBytes;
    }

    private static void requirePositive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive, was " + value);
        }
    }
}
