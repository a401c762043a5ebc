package io.zerostate.wasm.chicory;

import io.zerostate.task.Bytes;
import io.zerostate.wasm.ModuleRefusedException;
import io.zerostate.wasm.PreparedModule;
import io.zerostate.wasm.WasmRuntime;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** The engine on Chicory. Safe from any thread; one per node is enough. */
public final class ChicoryRuntime implements WasmRuntime {
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * @param clock what programs see as the time of day
     * @param random what programs get from {@code random_get}; safe from any thread and, outside of tests, not guessable
     */
    public ChicoryRuntime(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public PreparedModule prepare(Bytes wasm) throws ModuleRefusedException {
        throw new ModuleRefusedException("not built yet: " + clock + random, -1);
    }
}
