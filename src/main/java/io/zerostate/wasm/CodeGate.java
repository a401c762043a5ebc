package io.zerostate.wasm;

import static io.zerostate.wasm.WasmReader.above;
import static io.zerostate.wasm.WasmReader.malformed;
import static io.zerostate.wasm.WasmReader.unsupported;

import io.zerostate.wasm.ModuleProfile.Feature;

/**
 * Walks function bodies: only opcodes that the engine runs, and that stop at a deadline, get through. That is wasm 1.0 with sign
 * extension, saturating truncation, multiple values, bulk memory and reference types.
 */
final class CodeGate {
    /** V8's limit, in bytes. */
    private static final int MAX_BODY_BYTES = 7_654_321;
    /** V8's limit for one function; an 8 KB file can declare a hundred million. */
    private static final int MAX_LOCALS = 50_000;

    private final Findings findings;
    private final TypeGate types;
    private long branchWork;

    CodeGate(Findings findings, TypeGate types) {
        this.findings = findings;
        this.types = types;
    }

    /**
     * Walks the code section.
     *
     * @param declared how many functions the function section has
     */
    void check(WasmReader in, int declared) throws ModuleRefusedException {
        int start = in.position();
        int count = in.count("the number of function bodies", ModuleGate.MAX_FUNCTIONS);
        if (count != declared) {
            throw malformed("the module declares " + declared + " functions but has " + count + " bodies", start);
        }
        for (int i = 0; i < count; i++) {
            int size = in.u32("the size of a function body", MAX_BODY_BYTES);
            body(in.part(size, "a function body"));
        }
    }

    private void body(WasmReader in) throws ModuleRefusedException {
        int start = in.position();
        int groups = in.count("the number of groups of locals", MAX_LOCALS);
        long locals = 0;
        for (int i = 0; i < groups; i++) {
            locals += in.u32("a number of locals");
            TypeGate.value(in, "a local");
        }
        if (locals > MAX_LOCALS) {
            throw above(
                    "a function has " + locals + " locals, at most " + MAX_LOCALS + " are allowed", start, MAX_LOCALS);
        }
        findings.heap().entry();
        findings.heap().values(locals);
        int depth = 1;
        while (depth > 0) {
            findings.heap().instruction();
            int place = in.position();
            int opcode = in.u8("a function body");
            switch (opcode) {
                case 0x02, 0x03, 0x04 -> {
                    types.block(in);
                    if (++depth > ModuleGate.MAX_DEPTH) {
                        throw above(
                                "blocks are nested more than " + ModuleGate.MAX_DEPTH + " deep",
                                place,
                                ModuleGate.MAX_DEPTH);
                    }
                }
                case 0x0b -> depth--;
                case 0x0c, 0x0d -> branch(in, place);
                case 0x0e -> {
                    int targets = in.count("the size of a branch table", ModuleGate.MAX_BRANCH_TARGETS);
                    for (int i = 0; i <= targets; i++) {
                        branch(in, place);
                    }
                }
                default -> plain(in, opcode, place);
            }
        }
        if (!in.atEnd()) {
            throw malformed("bytes follow the end of a function body", in.position());
        }
    }

    // The parser follows a label outwards one block at a time, so that a small file can keep it busy for minutes.
    private void branch(WasmReader in, int place) throws ModuleRefusedException {
        branchWork += in.u32("a branch label", ModuleGate.MAX_DEPTH);
        if (branchWork > ModuleGate.MAX_BRANCH_WORK) {
            throw above("the module's branches reach too far in sum", place, ModuleGate.MAX_BRANCH_WORK);
        }
    }

    private void plain(WasmReader in, int opcode, int place) throws ModuleRefusedException {
        switch (opcode) {
            case 0x00, 0x01, 0x05, 0x0f, 0x1a, 0x1b -> {}
            case 0x10, 0x20, 0x21, 0x22, 0x23, 0x24 -> in.u32("an index");
            case 0x11 -> {
                types.index(in);
                in.u32("a table index");
            }
            case 0x25, 0x26, 0xd2 -> {
                findings.uses(Feature.REFERENCE_TYPES);
                in.u32("an index");
            }
            case 0xd1 -> findings.uses(Feature.REFERENCE_TYPES);
            case 0x1c -> {
                findings.uses(Feature.REFERENCE_TYPES);
                int count = in.count("the number of types of a select", 1);
                for (int i = 0; i < count; i++) {
                    TypeGate.value(in, "a select");
                }
            }
            case 0x3f, 0x40 -> memoryIndex(in);
            case 0x41 -> in.signed(32, "an i32 constant");
            case 0x42 -> in.signed(64, "an i64 constant");
            case 0x43 -> in.skip(4, "an f32 constant");
            case 0x44 -> in.skip(8, "an f64 constant");
            case 0xd0 -> {
                findings.uses(Feature.REFERENCE_TYPES);
                TypeGate.reference(in, "the type of a null reference");
            }
            case 0xc0, 0xc1, 0xc2, 0xc3, 0xc4 -> findings.uses(Feature.SIGN_EXTENSION);
            case 0xfc -> extended(in, place);
            case 0x12, 0x13 -> throw unsupported("tail calls", place);
            case 0x06, 0x07, 0x08, 0x09, 0x0a, 0x18, 0x19, 0x1f -> throw unsupported("exceptions", place);
            case 0x14, 0x15, 0xd4, 0xd5, 0xd6 -> throw unsupported("typed function references", place);
            case 0xd3, 0xfb -> throw unsupported("garbage-collected types", place);
            case 0xfd -> throw unsupported("SIMD instructions", place);
            case 0xfe -> throw unsupported("threads", place);
            default -> {
                if (opcode >= 0x28 && opcode <= 0x3e) {
                    memoryArgument(in);
                } else if (opcode < 0x45 || opcode > 0xbf) {
                    throw malformed("unknown opcode 0x%02x".formatted(opcode), place);
                }
            }
        }
    }

    private static void memoryArgument(WasmReader in) throws ModuleRefusedException {
        int place = in.position();
        // Bit 6 announces the index of another memory.
        if (in.u32("an alignment") >= 0x40) {
            throw unsupported("more than one memory", place);
        }
        in.u32("an offset");
    }

    private static void memoryIndex(WasmReader in) throws ModuleRefusedException {
        int place = in.position();
        if (in.u32("a memory index") != 0) {
            throw unsupported("more than one memory", place);
        }
    }

    private void extended(WasmReader in, int place) throws ModuleRefusedException {
        int opcode = in.u32("an opcode", 0xffff_ffffL);
        switch (opcode) {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> findings.uses(Feature.SATURATING_CONVERSION);
            case 8, 9, 10, 11, 12, 13, 14 -> {
                findings.uses(Feature.BULK_MEMORY);
                bulk(in, opcode);
            }
            case 15, 16, 17 -> {
                findings.uses(Feature.REFERENCE_TYPES);
                in.u32("an index");
            }
            default -> throw malformed("unknown opcode 0xfc " + opcode, place);
        }
    }

    private static void bulk(WasmReader in, int opcode) throws ModuleRefusedException {
        switch (opcode) {
            case 8 -> {
                in.u32("a data segment");
                memoryIndex(in);
            }
            case 10 -> {
                memoryIndex(in);
                memoryIndex(in);
            }
            case 11 -> memoryIndex(in);
            case 12, 14 -> {
                in.u32("an index");
                in.u32("a table index");
            }
            default -> in.u32("an index");
        }
    }
}
