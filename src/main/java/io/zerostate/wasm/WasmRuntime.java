package io.zerostate.wasm;

import io.zerostate.task.Bytes;

/** Turns modules into something that can be run. Safe from any thread. */
public interface WasmRuntime {
    /**
     * Checks, parses and compiles a module. Blocks for milliseconds to seconds, uses the calling thread, and can be interrupted.
     *
     * @throws ModuleRefusedException when the module cannot be an agent
     * @throws InterruptedException when the thread was interrupted, a deadline for one
     */
    PreparedModule prepare(Bytes wasm) throws ModuleRefusedException, InterruptedException;
}
