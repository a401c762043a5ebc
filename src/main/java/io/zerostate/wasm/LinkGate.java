package io.zerostate.wasm;

import static io.zerostate.wasm.WasmReader.printable;
import static io.zerostate.wasm.WasmReader.refused;

import io.zerostate.wasm.ModuleProfile.MemoryBounds;
import io.zerostate.wasm.Refusal.Code;
import java.util.ArrayList;
import java.util.List;

/** Walks the sections that connect a module to its host: what it imports, and whether it exports what a command does. */
final class LinkGate {
    static final MemoryBounds NO_MEMORY = new MemoryBounds(0, 0);

    /** Preview 1 has 46 functions; Go imports one of them twice. Linking takes quadratic time. */
    private static final int MAX_IMPORTS = 64;
    private static final int MAX_EXPORTS = 100_000;
    /** V8's limit. */
    private static final int MAX_NAME_BYTES = 100_000;
    private static final byte FUNCTION = 0;
    private static final byte MEMORY = 2;
    private static final int MAX_KIND = 3;

    private final Findings findings;
    private final TypeGate types;
    private final List<String> imports = new ArrayList<>();
    private final List<String> exports = new ArrayList<>();
    private int[] importedTypes = {};
    private int exportsAt = (int) Refusal.NOWHERE;
    private boolean exportsMemory;
    private boolean exportsStart;

    LinkGate(Findings findings, TypeGate types) {
        this.findings = findings;
        this.types = types;
    }

    List<String> imports() {
        return imports;
    }

    List<String> exports() {
        return exports;
    }

    void imports(WasmReader in) throws ModuleRefusedException {
        int count = in.count("the number of imports", MAX_IMPORTS);
        importedTypes = new int[count];
        for (int i = 0; i < count; i++) {
            int place = in.position();
            String module = in.name("an import's module", MAX_NAME_BYTES);
            String name = in.name("an import's name", MAX_NAME_BYTES);
            String full = printable(module) + "." + printable(name);
            String signature = module.equals(Preview1.MODULE) ? Preview1.signature(name) : null;
            if (in.u8("an import's kind") != FUNCTION || signature == null) {
                throw refused(
                        Code.IMPORT, full + " cannot be imported: only functions of " + Preview1.MODULE + " can", place);
            }
            importedTypes[i] = types.index(in);
            if (!types.hasSignature(importedTypes[i], signature)) {
                throw refused(Code.IMPORT, full + " is imported with a wrong signature", place);
            }
            imports.add(name);
        }
    }

    void exports(WasmReader in, int[] functionTypes, MemoryBounds memory) throws ModuleRefusedException {
        exportsAt = in.position();
        int count = in.count("the number of exports", MAX_EXPORTS);
        for (int i = 0; i < count; i++) {
            int place = in.position();
            findings.heap().entry();
            String name = in.name("an export's name", MAX_NAME_BYTES);
            int kind = in.u8("an export's kind", MAX_KIND);
            long index = in.u32("an export's index");
            exports.add(name);
            if (name.equals("_start")) {
                requireStart(kind, index, functionTypes, place);
                exportsStart = true;
            } else if (name.equals("memory")) {
                if (kind != MEMORY || index != 0 || memory == NO_MEMORY) {
                    throw refused(Code.NO_MEMORY, "what the module exports as memory is not its memory", place);
                }
                exportsMemory = true;
            }
        }
    }

    private void requireStart(int kind, long index, int[] functionTypes, int place) throws ModuleRefusedException {
        long total = (long) importedTypes.length + functionTypes.length;
        if (kind != FUNCTION || index >= total) {
            throw refused(Code.NO_START, "what the module exports as _start is not a function", place);
        }
        int type = index < importedTypes.length
                ? importedTypes[(int) index]
                : functionTypes[(int) index - importedTypes.length];
        if (!types.hasSignature(type, ":")) {
            throw refused(Code.NO_START, "_start must be a function without parameters and results", place);
        }
    }

    /** To be asked at the end, when all exports there are were seen. */
    void requireCommand() throws ModuleRefusedException {
        if (!exportsStart) {
            throw refused(
                    Code.NO_START, "the module exports no function _start: it is not a WASI command", exportsAt);
        }
        if (!exportsMemory) {
            throw refused(Code.NO_MEMORY, "the module exports no memory", exportsAt);
        }
    }
}
