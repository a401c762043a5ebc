package io.zerostate.wasm;

import static io.zerostate.wasm.WasmReader.above;
import static io.zerostate.wasm.WasmReader.malformed;

import io.zerostate.wasm.ModuleProfile.Feature;

/** Walks the sections that hold constant expressions: globals, element segments and data segments. */
final class ConstantGate {
    /** V8 and SpiderMonkey allow as many globals, and data and element segments. */
    static final int MAX_ENTRIES = 100_000;
    /** Nothing that a compiler writes comes near; a longer one would only be there to be slow. */
    private static final int MAX_EXPRESSION_BYTES = 64;

    private final Findings findings;

    ConstantGate(Findings findings) {
        this.findings = findings;
    }

    void globals(WasmReader in) throws ModuleRefusedException {
        int count = in.count("the number of globals", MAX_ENTRIES);
        for (int i = 0; i < count; i++) {
            findings.heap().entry();
            TypeGate.value(in, "a global");
            in.u8("the mutability of a global", 1);
            expression(in);
        }
    }

    void elements(WasmReader in) throws ModuleRefusedException {
        int count = in.count("the number of element segments", MAX_ENTRIES);
        for (int i = 0; i < count; i++) {
            findings.heap().entry();
            element(in);
        }
    }

    // https://webassembly.github.io/spec/core/binary/modules.html#element-section: three flag bits choose among eight forms.
    private void element(WasmReader in) throws ModuleRefusedException {
        int start = in.position();
        int flags = in.u32("the flags of an element segment", 0xffff_ffffL);
        if ((flags & ~7) != 0) {
            throw malformed("an element segment has unknown flags " + flags, start);
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
            kind(in, expressions);
        }
        int size = in.count("the size of an element segment", ModuleGate.MAX_TABLE);
        for (int i = 0; i < size; i++) {
            findings.heap().entry();
            if (expressions) {
                expression(in);
            } else {
                in.u32("a function index");
            }
        }
    }

    private void kind(WasmReader in, boolean expressions) throws ModuleRefusedException {
        int place = in.position();
        if (expressions) {
            TypeGate.reference(in, "the kind of an element segment");
        } else if (in.u8("the kind of an element segment") != 0) {
            throw malformed("an element segment is of an unknown kind", place);
        }
    }

    /** @param announced how many segments the data count section says that there are; -1 when there is none */
    void data(WasmReader in, int announced) throws ModuleRefusedException {
        int place = in.position();
        int count = in.count("the number of data segments", MAX_ENTRIES);
        if (announced >= 0 && count != announced) {
            throw malformed("the module announces " + announced + " data segments but has " + count, place);
        }
        for (int i = 0; i < count; i++) {
            findings.heap().entry();
            int flagsPlace = in.position();
            int flags = in.u32("the flags of a data segment", 0xffff_ffffL);
            switch (flags) {
                case 0 -> expression(in);
                case 1 -> {}
                case 2 -> {
                    in.u32("the memory of a data segment", 0);
                    expression(in);
                }
                default -> throw malformed("a data segment has unknown flags " + flags, flagsPlace);
            }
            in.skipName("a data segment");
        }
    }

    private void expression(WasmReader in) throws ModuleRefusedException {
        int start = in.position();
        while (true) {
            if (in.position() - start > MAX_EXPRESSION_BYTES) {
                throw above("a constant expression is longer than " + MAX_EXPRESSION_BYTES + " bytes", start, MAX_EXPRESSION_BYTES);
            }
            findings.heap().instruction();
            int place = in.position();
            int opcode = in.u8("a constant expression");
            switch (opcode) {
                case 0x0b -> {
                    return;
                }
                case 0x23, 0xd2 -> in.u32("an index in a constant expression");
                case 0x41 -> in.signed(32, "an i32 constant");
                case 0x42 -> in.signed(64, "an i64 constant");
                case 0x43 -> in.skip(4, "an f32 constant");
                case 0x44 -> in.skip(8, "an f64 constant");
                case 0xd0 -> TypeGate.reference(in, "the type of a null reference");
                // Extended constant expressions: i32 and i64 add, sub and mul.
                case 0x6a, 0x6b, 0x6c, 0x7c, 0x7d, 0x7e -> findings.uses(Feature.EXTENDED_CONSTANTS);
                default ->
                    throw malformed("opcode 0x%02x is not allowed in a constant expression".formatted(opcode), place);
            }
        }
    }
}
