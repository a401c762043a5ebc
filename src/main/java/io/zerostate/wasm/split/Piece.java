package io.zerostate.wasm.split;

import java.util.BitSet;

/**
 * A part of a function that becomes a function of its own. Places are positions in the list of the original's instructions.
 *
 * @param from its first instruction
 * @param to behind its last one
 * @param entries places in it to which jumps lead from elsewhere, and its start
 * @param returns places in it to which it jumps back itself, and which are not entries
 * @param exits places outside of it at which the original goes on
 * @param read locals that it reads
 * @param written locals that it writes
 */
record Piece(int from, int to, BitSet entries, BitSet returns, BitSet exits, BitSet read, BitSet written) {

    boolean contains(int place) {
        return place >= from && place < to;
    }

    /** Whether it must be told where to start. */
    boolean takesPlace() {
        return entries.cardinality() > 1;
    }

    /** Places at which it can start or start again, of which its own start is one. */
    BitSet starts() {
        BitSet starts = (BitSet) entries.clone();
        starts.or(returns);
        return starts;
    }

    /** Locals that have a number of their own in it. */
    BitSet accessed() {
        BitSet accessed = (BitSet) read.clone();
        accessed.or(written);
        return accessed;
    }
}
