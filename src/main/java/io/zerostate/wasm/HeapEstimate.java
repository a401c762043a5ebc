package io.zerostate.wasm;

/**
 * Adds up what parsing and compiling a module takes, so that a file of a few megabytes cannot exhaust a heap of gigabytes. The
 * figures were measured on the test agents with Chicory 1.7.5: at its peak, 150 bytes for each instruction.
 */
final class HeapEstimate {
    private static final long INSTRUCTION_BYTES = 160;
    private static final long ENTRY_BYTES = 320;
    private static final long VALUE_BYTES = 16;

    private long bytes;

    void instruction() {
        bytes += INSTRUCTION_BYTES;
    }

    /** A type, function, global, export, element or data segment. */
    void entry() {
        bytes += ENTRY_BYTES;
    }

    /** Locals of a function, or parameters and results of a type. */
    void values(long count) {
        bytes += count * VALUE_BYTES;
    }

    long bytes() {
        return bytes;
    }
}
