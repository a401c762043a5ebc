package io.zerostate.wasm;

import static io.zerostate.wasm.WasmReader.refused;

/** Walks the sections that hold constant expressions: globals, element segments and data segments. */
final class ConstantGate {
    /** V8 and SpiderMonkey allow as many globals, and data and element segments. */
    private static final int MAX_ENTRIES = 100_000;
    /** Nothing that a compiler writes comes near; a longer one would only be there to be slow. */
    private static final int MAX_EXPRESSION_BYTES = 64;

    private final HeapEstimate heap;

    ConstantGate(HeapEstimate heap) {
        this.heap = heap;
    }

    void globals(WasmReader in) throws ModuleRefusedException {
        int count = in.count("the number of globals", MAX_ENTRIES);
        for (int i = 0; i < count; i++) {
            heap.entry();
            ModuleGate.skipValueType(in, "a global");
            in.u8("the mutability of a global");
            expression(in);
        }
    }

    void elements(WasmReader in) throws ModuleRefusedException {
        int count = in.count("the number of element segments", MAX_ENTRIES);
        for (int i = 0; i < count; i++) {
            heap.entry();
            element(in);
        }
    }

    // https://webassembly.github.io/spec/core/binary/modules.html#element-section: three flag bits choose among eight forms.
    private void element(WasmReader in) throws ModuleRefusedException {
        int start = in.position();
        int flags = in.u32("the flags of an element segment", 0xffff_ffffL);
        if ((flags & ~7) != 0) {
            throw refused("an element segment has unknown flags " + flags, start);
        }
        boolean active = (flags & 1) == 0;
        boolean explicit = (flags & 2) != 0;
        boolean expressions = (flags & 4) != 0;
        if (active) {
            if (explicit) {
                in.u32("the table of an element segment");
            }
            expression(in);
        }
        if (!active || explicit) {
            in.u8("the kind of an element segment");
        }
        int size = in.count("the size of an element segment", ModuleGate.MAX_TABLE);
        for (int i = 0; i < size; i++) {
            heap.entry();
            if (expressions) {
                expression(in);
            } else {
                in.u32("a function index");
            }
        }
    }

    void data(WasmReader in) throws ModuleRefusedException {
        int count = in.count("the number of data segments", MAX_ENTRIES);
        for (int i = 0; i < count; i++) {
            heap.entry();
            int start = in.position();
            int flags = in.u32("the flags of a data segment", 0xffff_ffffL);
            switch (flags) {
                case 0 -> expression(in);
                case 1 -> {}
                case 2 -> {
                    in.u32("the memory of a data segment");
                    expression(in);
                }
                default -> throw refused("a data segment has unknown flags " + flags, start);
            }
            in.skipName("a data segment");
        }
    }

    private void expression(WasmReader in) throws ModuleRefusedException {
        int start = in.position();
        while (true) {
            if (in.position() - start > MAX_EXPRESSION_BYTES) {
                throw refused("a constant expression is too long", start);
            }
            heap.instruction();
            int place = in.position();
            int opcode = in.u8("a constant expression");
            switch (opcode) {
                case 0x0b -> {
                    return;
                }
                case 0x23, 0xd2 -> in.u32("an index in a constant expression");
                case 0x41 -> in.skipSigned(32, "an i32 constant");
                case 0x42 -> in.skipSigned(64, "an i64 constant");
                case 0x43 -> in.skip(4, "an f32 constant");
                case 0x44 -> in.skip(8, "an f64 constant");
                case 0xd0 -> in.u8("the type of a null reference");
                // Extended constant expressions: i32 and i64 add, sub and mul.
                case 0x6a, 0x6b, 0x6c, 0x7c, 0x7d, 0x7e -> {}
                default ->
                    throw refused("opcode 0x%02x is not allowed in a constant expression".formatted(opcode), place);
            }
        }
    }
}
