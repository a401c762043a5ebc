package io.zerostate.wasm;

import org.jspecify.annotations.Nullable;

/**
 * Where the nodes of a cluster find what one of them compiled. Trusted with nothing: what comes from there is used only after its seal was
 * checked. Safe from any thread. Never fails: without it, modules are compiled.
 */
public interface SharedCode {
    /** For a node that keeps its code to itself. */
    SharedCode NONE = new SharedCode() {
        @Override
        public byte @Nullable [] find(String name) {
            return null;
        }

        @Override
        public void offer(String name, byte[] sealed) {
            // Nobody takes it.
        }
    };

    /**
     * What is there under this name; null when there is nothing, or it cannot be had for now. Blocks for as long as a network takes.
     *
     * @throws InterruptedException when the thread was interrupted
     */
    byte @Nullable [] find(String name) throws InterruptedException;

    /** Gives it to the others, at some time from now, if it can. Does not block. */
    void offer(String name, byte[] sealed);
}
