package io.zerostate.wasm.chicory;

import com.dylibso.chicory.compiler.Cache;
import org.jspecify.annotations.Nullable;

/** Hands one jar of compiled classes to Chicory's compiler, or takes the one that it made. For one module, on one thread. */
final class JarHolder implements Cache {
    private byte @Nullable [] jar;

    private JarHolder(byte @Nullable [] jar) {
        this.jar = jar;
    }

    /** Takes what the compiler makes. */
    static JarHolder empty() {
        return new JarHolder(null);
    }

    /** Spares the compiler its work. */
    static JarHolder of(byte[] jar) {
        return new JarHolder(jar);
    }

    /** Null when the compiler has made nothing. */
    byte @Nullable [] jar() {
        return jar;
    }

    /** Forgets what was made: it did not do. As long as it holds something the compiler takes that, and makes nothing. */
    void clear() {
        jar = null;
    }

    @Override
    public byte @Nullable [] get(String key) {
        return jar;
    }

    @Override
    public void putIfAbsent(String key, byte[] data) {
        jar = data;
    }
}
