package io.zerostate.wasm.split;

import java.util.BitSet;
import java.util.Set;

/** Leaves out the bodies of functions that were compiled before, so that nobody has to parse and check them again. */
public final class CompiledFunctions {
    private CompiledFunctions() {}

    /**
     * @param wasm a module that the gate let through
     * @param others indexes of functions that keep their bodies, imports counted; all others trap
     * @return the module, without its custom sections
     */
    public static byte[] leaveOut(byte[] wasm, Set<Integer> others) {
        BitSet kept = new BitSet();
        others.forEach(kept::set);
        return new ModuleSource(wasm).withBodiesOf(kept);
    }
}
