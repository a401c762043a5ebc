package io.zerostate.wasm.split;

import java.util.BitSet;
import java.util.Map;

/** The locals that are live before some places of a function. */
record LiveLocals(Map<Integer, BitSet> byPlace) {

    /** Those that are live before any of some places. */
    BitSet atAny(BitSet places) {
        BitSet all = new BitSet();
        places.stream().forEach(place -> all.or(byPlace.get(place)));
        return all;
    }
}
