package io.zerostate.task;

/**
 * All that is known of an attempt once it has ended on its worker.
 *
 * @param durationMs wall-clock milliseconds from load to end
 * @param memoryPeakBytes largest size of linear memory
 */
public record RunReport(
        Outcome outcome, CapturedOutput stdout, CapturedOutput stderr, long durationMs, long memoryPeakBytes) {
    /** A report of an attempt that never got to run anything. */
    public static RunReport withoutRun(Outcome outcome) {
        return new RunReport(outcome, CapturedOutput.NONE, CapturedOutput.NONE, 0, 0);
    }
}
