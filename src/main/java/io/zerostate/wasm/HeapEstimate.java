package io.zerostate.wasm;

/**
 * Adds up what parsing and compiling a module takes, so that a file of a few megabytes cannot exhaust a heap of gigabytes. The
 * figures were measured on the test agents with Chicory 1.7.5: at its peak, 150 bytes for each instruction.
 */
final class HeapEstimate {
    private static final long INSTRUCTION_BYTES = 160;
    private static final long ENTRY_BYTES = 320;
    private static final long LOCAL_BYTES = 16;

    private long bytes;

    void instruction() {
        bytes += INSTRUCTION_BYTES;
    }

    /** A function, global, export, element or data segment. */
    void entry() {
        bytes += ENTRY_BYTES;
    }

    void locals(long count) {
        bytes += count * LOCAL_BYTES;
    }

    long bytes() {
        return bytes;
    }
}
