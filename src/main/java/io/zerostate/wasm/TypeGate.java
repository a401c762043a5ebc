package io.zerostate.wasm;

import static io.zerostate.wasm.WasmReader.malformed;
import static io.zerostate.wasm.WasmReader.refused;
import static io.zerostate.wasm.WasmReader.unsupported;

import io.zerostate.wasm.ModuleProfile.Feature;
import io.zerostate.wasm.Refusal.Code;

/** Walks the type section, and every type elsewhere. Each type is read exactly as long as the parser behind will read it. */
final class TypeGate {
    private static final int MAX_TYPES = 10_000;
    private static final int MAX_VALUES = 1_000;
    private static final int NO_VALUE = -0x40;

    private final Findings findings;
    private WasmReader section = new WasmReader(new byte[0], 0, 0);
    private int[] offsets = {};

    TypeGate(Findings findings) {
        this.findings = findings;
    }

    void types(WasmReader in) throws ModuleRefusedException {
        section = in;
        int count = in.count("the number of types", MAX_TYPES);
        offsets = new int[count];
        for (int i = 0; i < count; i++) {
            int place = in.position();
            findings.heap().entry();
            if (in.u8("a type") != 0x60) {
                throw refused(
                        Code.UNSUPPORTED,
                        "a type is not a function type; garbage-collected types are not supported",
                        place);
            }
            offsets[i] = in.position();
            values(in, "the number of parameters");
            if (values(in, "the number of results") > 1) {
                findings.uses(Feature.MULTIPLE_VALUES);
            }
        }
    }

    private int values(WasmReader in, String what) throws ModuleRefusedException {
        int count = in.count(what, MAX_VALUES);
        findings.heap().values(count);
        for (int i = 0; i < count; i++) {
            value(in, "a function type");
        }
        return count;
    }

    /** Reads the index of a type that is there. */
    int index(WasmReader in) throws ModuleRefusedException {
        int place = in.position();
        long index = in.u32("a type index");
        if (index >= offsets.length) {
            throw malformed("a type index is " + index + ", but there are " + offsets.length + " types", place);
        }
        return (int) index;
    }

    /** Whether a type is the one that {@link Preview1#signature} would write like this. */
    boolean hasSignature(int type, String signature) throws ModuleRefusedException {
        WasmReader in = section.at(offsets[type]);
        for (String values : signature.split(":", -1)) {
            if (in.u32("the number of values") != values.length()) {
                return false;
            }
            for (int i = 0; i < values.length(); i++) {
                if (in.u8("a value type") != (values.charAt(i) == 'i' ? 0x7f : 0x7e)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Passes over a type that values can have here: i32, i64, f32, f64, funcref or externref. */
    static void value(WasmReader in, String what) throws ModuleRefusedException {
        int place = in.position();
        value(in.u8("the type of " + what), what, place);
    }

    private static void value(int type, String what, int place) throws ModuleRefusedException {
        switch (type) {
            case 0x7f, 0x7e, 0x7d, 0x7c, 0x70, 0x6f -> {}
            case 0x7b -> throw unsupported("SIMD instructions", place);
            default ->
                throw refused(
                        Code.UNSUPPORTED, "the type 0x%02x of %s is not supported".formatted(type, what), place);
        }
    }

    /** Passes over funcref or externref: the types of tables, of null and of element segments. */
    static void reference(WasmReader in, String what) throws ModuleRefusedException {
        int place = in.position();
        int type = in.u8(what);
        if (type != 0x70 && type != 0x6f) {
            throw refused(Code.UNSUPPORTED, what + " is neither funcref nor externref", place);
        }
    }

    /** Passes over the type of a block: none, a value's, or the index of one with parameters and several results. */
    void block(WasmReader in) throws ModuleRefusedException {
        int place = in.position();
        long type = in.signed(33, "a block type");
        if (type >= 0 && type < offsets.length) {
            findings.uses(Feature.MULTIPLE_VALUES);
        } else if (type >= 0 || in.position() != place + 1) {
            throw malformed("a block has a type that is not there", place);
        } else if (type != NO_VALUE) {
            value((int) type & 0x7f, "a block", place);
        }
    }
}
