package io.zerostate.wasm;

import io.zerostate.wasm.ModuleProfile.Feature;
import java.util.EnumSet;
import java.util.Set;

/** What adds up over all sections: the features that a module uses, and what it will take to prepare it. */
final class Findings {
    private final Set<Feature> features = EnumSet.noneOf(Feature.class);
    private final HeapEstimate heap = new HeapEstimate();

    void uses(Feature feature) {
        features.add(feature);
    }

    Set<Feature> features() {
        return features;
    }

    HeapEstimate heap() {
        return heap;
    }
}
