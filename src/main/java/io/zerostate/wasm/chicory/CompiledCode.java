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
 * @param slow of functions that are in it but too large for the JVM to make them fast
 * @param classes a jar, as Chicory's compiler writes and loads it
 */
record CompiledCode(Set<Integer> interpreted, Set<Integer> slow, byte[] classes) {
    CompiledCode {
        interpreted = Set.copyOf(interpreted);
        slow = Set.copyOf(slow);
    }

    byte[] write() {
        ByteBuffer out = ByteBuffer.allocate((2 + interpreted.size() + slow.size()) * Integer.BYTES + classes.length);
        write(interpreted, out);
        write(slow, out);
        return out.put(classes).array();
    }

    private static void write(Set<Integer> functions, ByteBuffer out) {
        out.putInt(functions.size());
        functions.forEach(out::putInt);
    }

    /** @throws IOException when no build writes it like this */
    static CompiledCode read(byte[] content) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(content);
        try {
            Set<Integer> interpreted = functions(in);
            Set<Integer> slow = functions(in);
            byte[] classes = new byte[in.remaining()];
            in.get(classes);
            return new CompiledCode(interpreted, slow, classes);
        } catch (BufferUnderflowException e) {
            throw new IOException("compiled code is cut short", e);
        }
    }

    private static Set<Integer> functions(ByteBuffer in) {
        int count = in.getInt();
        Set<Integer> functions = new HashSet<>();
        for (int i = 0; i < count; i++) {
            functions.add(in.getInt());
        }
        return functions;
    }
}
