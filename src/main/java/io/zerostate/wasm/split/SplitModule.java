package io.zerostate.wasm.split;

import java.util.Set;

/**
 * What came of splitting.
 *
 * @param skeleton the module with the functions that were split, their pieces behind all that it had, and bodies that only trap in the
 *     place of all others; empty when none was split
 * @param functions indexes of those that were split, imports counted
 * @param whole indexes of those that are too large and cannot be split
 */
public record SplitModule(byte[] skeleton, Set<Integer> functions, Set<Integer> whole) {
    public SplitModule {
        functions = Set.copyOf(functions);
        whole = Set.copyOf(whole);
    }
}
