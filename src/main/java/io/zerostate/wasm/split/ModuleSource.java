package io.zerostate.wasm.split;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Where things are in the bytes of a module, and what functions must know of what they refer to.
 *
 * <p>Grows: pieces are functions behind those that the module has, and so are their types.
 */
final class ModuleSource {
    static final int TYPES = 1;
    static final int IMPORTS = 2;
    static final int FUNCTIONS = 3;
    static final int TABLES = 4;
    static final int GLOBALS = 6;
    static final int CODE = 10;
    static final int DATA = 11;
    static final int DATA_COUNT = 12;

    private static final int HEADER_BYTES = 8;
    private static final int FUNCTION_TYPE = 0x60;

    /** A section's content, {@code from} to {@code to}. */
    record Section(int id, int from, int to) {}

    /** A function's body: from the count of its groups of locals up to behind its end. */
    record Body(byte[] bytes, int from, int to) {
        int length() {
            return to - from;
        }
    }

    final byte[] bytes;
    final List<Section> sections = new ArrayList<>();
    final List<Shape> types = new ArrayList<>();
    /** Of each function, imports first: its type's index. */
    final List<Integer> functions = new ArrayList<>();
    /** Of each function that is not imported. */
    final List<Body> bodies = new ArrayList<>();
    final List<Byte> globals = new ArrayList<>();
    final List<Byte> tables = new ArrayList<>();
    int imported;
    int dataSegments;

    ModuleSource(byte[] bytes) {
        this.bytes = bytes;
        CodeReader in = new CodeReader(bytes, HEADER_BYTES);
        while (in.position() < bytes.length) {
            int id = in.u8();
            int size = in.u32();
            if (id != 0) {
                sections.add(new Section(id, in.position(), in.position() + size));
                read(id, new CodeReader(bytes, in.position()));
            }
            in.skip(size);
        }
    }

    /** The bytes of a module's largest function. Looks at nothing but lengths. */
    static long largestBody(byte[] bytes) {
        CodeReader in = new CodeReader(bytes, HEADER_BYTES);
        int largest = 0;
        while (in.position() < bytes.length) {
            int id = in.u8();
            int size = in.u32();
            if (id != CODE) {
                in.skip(size);
                continue;
            }
            for (int left = in.u32(); left > 0; left--) {
                int body = in.u32();
                largest = Math.max(largest, body);
                in.skip(body);
            }
        }
        return largest;
    }

    private void read(int id, CodeReader in) {
        int count = in.u32();
        switch (id) {
            case TYPES -> repeat(count, () -> {
                in.skip(1);
                types.add(new Shape(in.types(), in.types()));
            });
            case IMPORTS -> repeat(count, () -> {
                in.skip(in.u32());
                in.skip(in.u32());
                // The gate lets functions alone be imported.
                in.skip(1);
                functions.add(in.u32());
                imported++;
            });
            case FUNCTIONS -> repeat(count, () -> functions.add(in.u32()));
            case TABLES -> repeat(count, () -> {
                tables.add(in.type());
                boolean bounded = in.u8() == 1;
                in.skipNumber();
                if (bounded) {
                    in.skipNumber();
                }
            });
            case GLOBALS -> repeat(count, () -> {
                globals.add(in.type());
                in.skip(1);
                skipConstant(in);
            });
            case CODE -> repeat(count, () -> {
                int size = in.u32();
                bodies.add(new Body(bytes, in.position(), in.position() + size));
                in.skip(size);
            });
            case DATA_COUNT -> dataSegments = count;
            default -> {}
        }
    }

    private static void repeat(int count, Runnable read) {
        for (int i = 0; i < count; i++) {
            read.run();
        }
    }

    private static void skipConstant(CodeReader in) {
        int opcode;
        do {
            opcode = in.opcode();
            Opcode.skipImmediates(opcode, in);
        } while (opcode != Opcode.END);
    }

    Shape functionType(int function) {
        return types.get(functions.get(function));
    }

    Body body(int function) {
        return bodies.get(function - imported);
    }

    void replace(int function, byte[] body) {
        bodies.set(function - imported, new Body(body, 0, body.length));
    }

    /** Adds a function and answers its index. */
    int add(Shape type, byte[] body) {
        int index = types.indexOf(type);
        if (index < 0) {
            index = types.size();
            types.add(type);
        }
        functions.add(index);
        bodies.add(new Body(body, 0, body.length));
        return functions.size() - 1;
    }

    /** Takes back functions that were added, from an index on. */
    void removeFrom(int function) {
        functions.subList(function, functions.size()).clear();
        bodies.subList(function - imported, bodies.size()).clear();
    }

    /**
     * The module with these functions, and with bodies that only trap in the place of all others: all that is needed to parse and check
     * the former.
     */
    byte[] skeleton(BitSet wanted) {
        CodeWriter out = new CodeWriter().raw(bytes, 0, HEADER_BYTES);
        for (Section section : sections) {
            switch (section.id()) {
                case TYPES -> out.section(TYPES, types());
                case FUNCTIONS -> out.section(FUNCTIONS, functions());
                case CODE -> out.section(CODE, code(wanted));
                case DATA -> out.section(DATA, data());
                default -> copy(section, out);
            }
        }
        return out.toBytes();
    }

    /** All of the module, but for the bodies of other functions than these, which only trap. */
    byte[] withBodiesOf(BitSet wanted) {
        CodeWriter out = new CodeWriter().raw(bytes, 0, HEADER_BYTES);
        for (Section section : sections) {
            if (section.id() == CODE) {
                out.section(CODE, code(wanted));
            } else {
                copy(section, out);
            }
        }
        return out.toBytes();
    }

    private void copy(Section section, CodeWriter out) {
        out.u8(section.id()).u32(section.to() - section.from()).raw(bytes, section.from(), section.to());
    }

    private CodeWriter types() {
        CodeWriter out = new CodeWriter().u32(types.size());
        types.forEach(type -> out.u8(FUNCTION_TYPE).types(type.params()).types(type.results()));
        return out;
    }

    private CodeWriter functions() {
        CodeWriter out = new CodeWriter().u32(functions.size() - imported);
        functions.subList(imported, functions.size()).forEach(out::u32);
        return out;
    }

    private CodeWriter code(BitSet wanted) {
        CodeWriter out = new CodeWriter().u32(bodies.size());
        for (int i = 0; i < bodies.size(); i++) {
            Body body = bodies.get(i);
            if (wanted.get(imported + i)) {
                out.u32(body.length()).raw(body.bytes(), body.from(), body.to());
            } else {
                out.u32(3).u8(0).u8(Opcode.UNREACHABLE).u8(Opcode.END);
            }
        }
        return out;
    }

    /** As many segments as instructions may name, all empty and passive. */
    private CodeWriter data() {
        CodeWriter out = new CodeWriter().u32(dataSegments);
        for (int i = 0; i < dataSegments; i++) {
            out.u8(1).u32(0);
        }
        return out;
    }
}
