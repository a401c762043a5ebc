package io.zerostate.wasm.chicory;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * What the compiler made of a module, as it can be kept.
 *
 * @param interpreted indexes of functions that are not in it, imports counted
 * @param classes a jar, as Chicory's compiler writes and loads it
 */
record CompiledCode(Set<Integer> interpreted, byte[] classes) {
    CompiledCode {
        interpreted = Set.copyOf(interpreted);
    }

    byte[] write() {
        ByteBuffer out = ByteBuffer.allocate((1 + interpreted.size()) * Integer.BYTES + classes.length);
        out.putInt(interpreted.size());
        interpreted.forEach(out::putInt);
        return out.put(classes).array();
    }

    /** @throws IOException when no build writes it like this */
    static CompiledCode read(byte[] content) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(content);
        try {
            int count = in.getInt();
            Set<Integer> interpreted = new HashSet<>();
            for (int i = 0; i < count; i++) {
                interpreted.add(in.getInt());
            }
            byte[] classes = new byte[in.remaining()];
            in.get(classes);
            return new CompiledCode(interpreted, classes);
        } catch (BufferUnderflowException e) {
            throw new IOException("compiled code is cut short", e);
        }
    }
}
