package io.zerostate.wasm.chicory;

import io.zerostate.task.Bytes;

/** What the fuzzer calls, by its name and signature. */
public final class GateFuzz {
    private GateFuzz() {}

    public static void fuzzerTestOneInput(byte[] file) {
        GateOracle.check(Bytes.of(file));
    }
}
