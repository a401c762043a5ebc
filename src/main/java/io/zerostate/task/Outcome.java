package io.zerostate.task;

import org.jspecify.annotations.Nullable;

/** How an attempt ended. A value, not an exception: exceptions mean faults of our own. */
public sealed interface Outcome {
    /** The program ran to its end. Any exit code, 0 is success. */
    record Completed(int exitCode) implements Outcome {}

    /** The program trapped. */
    record Trapped(String message) implements Outcome {}

    /** The attempt did not end within {@code limitMs} milliseconds. */
    record TimedOut(long limitMs) implements Outcome {}

    /** The program was refused memory beyond {@code limitBytes}, and failed. */
    record MemoryExceeded(long limitBytes) implements Outcome {}

    /** The program wrote more than {@code limitBytes} to {@code stream}. */
    record OutputExceeded(OutputStreamName stream, long limitBytes) implements Outcome {}

    /** Somebody cancelled the task. */
    record Cancelled() implements Outcome {}

    /** The module cannot run here. */
    record Rejected(String reason) implements Outcome {}

    /** Infrastructure failed underneath the attempt. */
    record Lost(String reason) implements Outcome {}

    /** The program was not begun, because something that it needs is away for now. Says nothing about the program. */
    record Unavailable(String reason) implements Outcome {}

    /** The failure that this outcome is, or null when the program exited with 0. */
    default @Nullable Failure failure() {
        return switch (this) {
            case Completed(int exitCode) ->
                exitCode == 0 ? null : new Failure(ErrorCode.EXIT, "The program exited with code " + exitCode);
            case Trapped(String message) -> new Failure(ErrorCode.TRAP, message);
            case TimedOut(long limitMs) -> new Failure(ErrorCode.TIMEOUT, "The attempt ran longer than " + limitMs + " ms");
            case MemoryExceeded(long limitBytes) ->
                new Failure(ErrorCode.MEMORY_EXCEEDED, "The program needs more than its limit of " + limitBytes + " bytes of memory");
            case OutputExceeded(OutputStreamName stream, long limitBytes) ->
                new Failure(
                        ErrorCode.OUTPUT_EXCEEDED,
                        "The program wrote more than " + limitBytes + " bytes to " + stream.wireName());
            case Cancelled() -> new Failure(ErrorCode.CANCELLED, "The task was cancelled");
            case Rejected(String reason) -> new Failure(ErrorCode.REJECTED, reason);
            case Lost(String reason) -> new Failure(ErrorCode.LOST, reason);
            case Unavailable(String reason) -> new Failure(ErrorCode.LOST, reason);
        };
    }

    /** {@code completed}, or the {@link ErrorCode#kind()} of the failure: for logs and metric tags. */
    default String kind() {
        Failure failure = failure();
        return failure == null ? TaskState.COMPLETED.wireName() : failure.code().kind();
    }

    /** The program's exit code, or null when it did not get to exit. */
    default @Nullable Integer exitCodeOrNull() {
        return this instanceof Completed(int exitCode) ? exitCode : null;
    }
}
