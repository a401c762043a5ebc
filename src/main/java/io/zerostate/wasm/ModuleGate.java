package io.zerostate.wasm;

import static io.zerostate.wasm.WasmReader.refused;

import io.zerostate.task.Bytes;
import io.zerostate.task.Limits;
import java.util.ArrayList;
import java.util.List;

/**
 * The first look at a module, before any parser: is it a WASI preview 1 command, and is it no larger in any respect than what the
 * engine behind can bear? One pass over the bytes that allocates nothing by a length that the module declares.
 *
 * <p>It does not type-check: that is the parser's part, which may rely on counts and lengths being sound.
 *
 * @see <a href="https://webassembly.github.io/spec/core/binary/modules.html">the binary format</a>
 */
public final class ModuleGate {
    static final int MAX_FUNCTIONS = 50_000;
    /** Go and .NET have tables of a few thousand. */
    static final int MAX_TABLE = 100_000;
    static final int MAX_BRANCH_TARGETS = 65_520;
    /** Steps of about 10 ns each in the parser; a Go program of 6.6 MB needs 22 million. */
    static final long MAX_BRANCH_WORK = 200_000_000;

    private static final int MAX_TYPES = 10_000;
    private static final int MAX_VALUES = 1_000;
    /** Preview 1 has 46 functions; Go imports one of them twice. Linking takes quadratic time. */
    private static final int MAX_IMPORTS = 64;
    private static final int MAX_EXPORTS = 100_000;
    /** A package of Go with a large table in it has 3,143 in its initialisation. */
    static final int MAX_DEPTH = 10_000;
    private static final long PAGE_BYTES = 65_536;
    private static final byte FUNCTION = 0;
    private static final byte MEMORY = 2;

    /** Sections in the order in which they must come, by id; 13 (tags) and 8 (start) are refused. */
    private static final List<Integer> ORDER = List.of(1, 2, 3, 4, 5, 6, 7, 9, 12, 10, 11);

    private final HeapEstimate heap = new HeapEstimate();
    private final List<String> imports = new ArrayList<>();
    private int[] typeOffsets = {};
    private int[] importedTypes = {};
    private int[] functionTypes = {};
    private long memoryMinBytes = -1;
    private long memoryMaxBytes = -1;
    private int bodies;
    private int codeBytes;
    private boolean exportsMemory;
    private boolean exportsStart;

    private ModuleGate() {}

    /**
     * Looks at a module.
     *
     * @throws ModuleRefusedException with the reason and its place
     */
    public static ModuleFacts check(Bytes wasm) throws ModuleRefusedException {
        byte[] bytes = wasm.array();
        header(bytes);
        ModuleGate gate = new ModuleGate();
        gate.sections(bytes);
        return gate.facts();
    }

    private static void header(byte[] bytes) throws ModuleRefusedException {
        if (bytes.length < 4 || bytes[0] != 0 || bytes[1] != 'a' || bytes[2] != 's' || bytes[3] != 'm') {
            throw refused("not a WebAssembly module: the magic number \\0asm is missing", 0);
        }
        if (bytes.length < 8) {
            throw refused("the module ends within its version", bytes.length);
        }
        int version = (bytes[4] & 0xff) | (bytes[5] & 0xff) << 8;
        int layer = (bytes[6] & 0xff) | (bytes[7] & 0xff) << 8;
        if (layer == 1) {
            throw refused("a WebAssembly component, not a module: build for wasm32-wasip1 (WASI preview 1)", 4);
        }
        if (version != 1 || layer != 0) {
            throw refused("the version of the binary format is " + version + ", only version 1 is supported", 4);
        }
    }

    private void sections(byte[] bytes) throws ModuleRefusedException {
        WasmReader in = new WasmReader(bytes, 8, bytes.length);
        int last = -1;
        while (!in.atEnd()) {
            int place = in.position();
            int id = in.u8("a section");
            int size = in.u32("the size of a section", Integer.MAX_VALUE);
            WasmReader section = in.part(size, "section " + id);
            if (id == 0) {
                continue;
            }
            if (id == 8) {
                throw refused("the module has a start section: what is to run must be exported as _start", place);
            }
            if (id == 13) {
                throw refused("not supported: the module uses exceptions", place);
            }
            int order = ORDER.indexOf(id);
            if (order < 0) {
                throw refused("unknown section " + id, place);
            }
            if (order <= last) {
                throw refused("section " + id + " is out of order or there twice", place);
            }
            last = order;
            section(id, section);
            if (!section.atEnd()) {
                throw refused("section " + id + " is longer than its content", section.position());
            }
        }
    }

    private void section(int id, WasmReader in) throws ModuleRefusedException {
        switch (id) {
            case 1 -> types(in);
            case 2 -> imports(in);
            case 3 -> functions(in);
            case 4 -> table(in);
            case 5 -> memory(in);
            case 6 -> new ConstantGate(heap).globals(in);
            case 7 -> exports(in);
            case 9 -> new ConstantGate(heap).elements(in);
            case 10 -> {
                codeBytes = in.remaining();
                bodies = functionTypes.length;
                new CodeGate(heap).check(in, functionTypes.length);
            }
            case 11 -> new ConstantGate(heap).data(in);
            case 12 -> in.u32("the number of data segments");
            default -> throw new IllegalStateException("section " + id + " is in ORDER but not handled");
        }
    }

    private ModuleFacts facts() throws ModuleRefusedException {
        if (bodies != functionTypes.length) {
            throw new ModuleRefusedException("the module declares functions but has no code", -1);
        }
        if (!exportsStart) {
            throw new ModuleRefusedException("the module exports no function _start: it is not a WASI command", -1);
        }
        if (!exportsMemory) {
            throw new ModuleRefusedException("the module exports no memory", -1);
        }
        return new ModuleFacts(imports, memoryMinBytes, memoryMaxBytes, bodies, codeBytes, heap.bytes());
    }

    private void types(WasmReader in) throws ModuleRefusedException {
        int count = in.count("the number of types", MAX_TYPES);
        typeOffsets = new int[count];
        for (int i = 0; i < count; i++) {
            int place = in.position();
            if (in.u8("a type") != 0x60) {
                throw refused("a type is not a function type; garbage-collected types are not supported", place);
            }
            typeOffsets[i] = in.position();
            for (String what : List.of("the number of parameters", "the number of results")) {
                int values = in.count(what, MAX_VALUES);
                for (int j = 0; j < values; j++) {
                    skipValueType(in, "a function type");
                }
            }
        }
    }

    private void imports(WasmReader in) throws ModuleRefusedException {
        int count = in.count("the number of imports", MAX_IMPORTS);
        importedTypes = new int[count];
        for (int i = 0; i < count; i++) {
            int place = in.position();
            String module = in.name("an import's module");
            String name = in.name("an import's name");
            String full = quoted(module) + "." + quoted(name);
            String signature = module.equals(Preview1.MODULE) ? Preview1.signature(name) : null;
            if (in.u8("an import's kind") != FUNCTION || signature == null) {
                throw refused(full + " cannot be imported: only functions of " + Preview1.MODULE + " can", place);
            }
            importedTypes[i] = in.u32("a type index", typeOffsets.length - 1L);
            if (!hasSignature(in.at(typeOffsets[importedTypes[i]]), signature)) {
                throw refused(full + " is imported with a wrong signature", place);
            }
            imports.add(name);
        }
    }

    /** Names come from the module and end up in messages: only what cannot disturb a log or a terminal, and not much of it. */
    private static String quoted(String name) {
        String safe = name.replaceAll("[^\\x20-\\x7e]", "?");
        return safe.length() <= 64 ? safe : safe.substring(0, 64) + "...";
    }

    private static boolean hasSignature(WasmReader type, String signature) throws ModuleRefusedException {
        for (String values : signature.split(":", -1)) {
            if (type.u32("the number of values") != values.length()) {
                return false;
            }
            for (int i = 0; i < values.length(); i++) {
                if (type.u8("a value type") != (values.charAt(i) == 'i' ? 0x7f : 0x7e)) {
                    return false;
                }
            }
        }
        return true;
    }

    private void functions(WasmReader in) throws ModuleRefusedException {
        int count = in.count("the number of functions", MAX_FUNCTIONS);
        functionTypes = new int[count];
        for (int i = 0; i < count; i++) {
            functionTypes[i] = in.u32("a type index", typeOffsets.length - 1L);
        }
    }

    private void table(WasmReader in) throws ModuleRefusedException {
        int count = in.count("the number of tables", 1);
        for (int i = 0; i < count; i++) {
            int place = in.position();
            int type = in.u8("a table's type");
            if (type != 0x70 && type != 0x6f) {
                throw refused("a table holds neither funcref nor externref", place);
            }
            boolean bounded = in.u32("a table's flags", 1) == 1;
            in.u32("a table's minimum size", MAX_TABLE);
            if (bounded) {
                in.u32("a table's maximum size");
            }
        }
    }

    private void memory(WasmReader in) throws ModuleRefusedException {
        int place = in.position();
        int count = in.u32("the number of memories", 0xffff_ffffL);
        if (count != 1) {
            throw refused("the module has " + Integer.toUnsignedString(count) + " memories, it must have one", place);
        }
        place = in.position();
        int flags = in.u32("the memory's flags", 0xffff_ffffL);
        if (flags != 0 && flags != 1) {
            throw refused("shared and 64-bit memories are not supported", place);
        }
        place = in.position();
        memoryMinBytes = in.u32("the memory's minimum size") * PAGE_BYTES;
        if (memoryMinBytes > Limits.MAXIMUM.memoryBytes()) {
            throw refused(
                    "the module starts with " + memoryMinBytes + " bytes of memory, at most "
                            + Limits.MAXIMUM.memoryBytes() + " are allowed",
                    place);
        }
        if (flags == 1) {
            place = in.position();
            memoryMaxBytes = in.u32("the memory's maximum size") * PAGE_BYTES;
            if (memoryMaxBytes < memoryMinBytes) {
                throw refused("the memory's maximum size is below its minimum", place);
            }
        }
    }

    private void exports(WasmReader in) throws ModuleRefusedException {
        int count = in.count("the number of exports", MAX_EXPORTS);
        for (int i = 0; i < count; i++) {
            int place = in.position();
            heap.entry();
            String name = in.name("an export's name");
            int kind = in.u8("an export's kind");
            long index = in.u32("an export's index");
            if (name.equals("_start")) {
                startExport(in, kind, index, place);
            } else if (name.equals("memory")) {
                if (kind != MEMORY || index != 0 || memoryMinBytes < 0) {
                    throw refused("what the module exports as memory is not its memory", place);
                }
                exportsMemory = true;
            }
        }
    }

    private void startExport(WasmReader in, int kind, long index, int place) throws ModuleRefusedException {
        long total = (long) importedTypes.length + functionTypes.length;
        if (kind != FUNCTION || index >= total) {
            throw refused("what the module exports as _start is not a function", place);
        }
        int type = index < importedTypes.length
                ? importedTypes[(int) index]
                : functionTypes[(int) index - importedTypes.length];
        if (!hasSignature(in.at(typeOffsets[type]), ":")) {
            throw refused("_start must be a function without parameters and results", place);
        }
        exportsStart = true;
    }

    /** Passes over a type that values can have here: i32, i64, f32, f64, funcref or externref. */
    static void skipValueType(WasmReader in, String what) throws ModuleRefusedException {
        int place = in.position();
        int type = in.u8("the type of " + what);
        switch (type) {
            case 0x7f, 0x7e, 0x7d, 0x7c, 0x70, 0x6f -> {}
            case 0x7b -> throw refused("not supported: the module uses SIMD instructions", place);
            default -> throw refused("the type 0x%02x of %s is not supported".formatted(type, what), place);
        }
    }
}
