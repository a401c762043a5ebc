package io.zerostate.wasm;

import static io.zerostate.wasm.WasmReader.above;
import static io.zerostate.wasm.WasmReader.malformed;
import static io.zerostate.wasm.WasmReader.refused;
import static io.zerostate.wasm.WasmReader.unsupported;

import io.zerostate.task.Bytes;
import io.zerostate.task.Limits;
import io.zerostate.wasm.ModuleProfile.MemoryBounds;
import io.zerostate.wasm.Refusal.Code;
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
    /**
     * Counts up with every change of what passes. What another version let through is looked at again before it runs: whoever keeps
     * something that was made of a module keeps this with it.
     */
    public static final int VERSION = 2;

    static final int MAX_FUNCTIONS = 50_000;
    /** Go and .NET have tables of a few thousand. */
    static final int MAX_TABLE = 100_000;
    static final int MAX_BRANCH_TARGETS = 65_520;
    /** Steps of about 10 ns each in the parser; a Go program of 6.6 MB needs 22 million. */
    static final long MAX_BRANCH_WORK = 200_000_000;
    /** A package of Go with a large table in it has 3,143 in its initialisation. */
    static final int MAX_DEPTH = 10_000;

    private static final long PAGE_BYTES = 65_536;
    private static final int MAX_PAGES = 65_536;

    /** Sections in the order in which they must come, by id; 13 (tags) and 8 (start) are refused. */
    private static final List<Integer> ORDER = List.of(1, 2, 3, 4, 5, 6, 7, 9, 12, 10, 11);

    private final Findings findings = new Findings();
    private final ProducerHints hints = new ProducerHints();
    private final TypeGate types = new TypeGate(findings);
    private final LinkGate links = new LinkGate(findings, types);
    private MemoryBounds memory = LinkGate.NO_MEMORY;
    private int[] functionTypes = {};
    private int functionsAt = (int) Refusal.NOWHERE;
    private int tableMinimum;
    private int announcedData = -1;
    private int bodies;
    private int codeBytes;

    private ModuleGate() {}

    /** Looks at a module. Never throws, whatever the bytes are; takes time and memory in proportion to their number. */
    public static Verdict inspect(Bytes wasm) {
        try {
            return new Verdict.Passed(check(wasm));
        } catch (ModuleRefusedException refused) {
            return new Verdict.Refused(refused.refusal());
        }
    }

    /**
     * As {@link #inspect}, for those who only go on with a module that passes.
     *
     * @throws ModuleRefusedException with the reason and its place
     */
    public static ModuleProfile check(Bytes wasm) throws ModuleRefusedException {
        byte[] bytes = wasm.array();
        header(bytes);
        ModuleGate gate = new ModuleGate();
        gate.sections(bytes);
        return gate.profile();
    }

    private static void header(byte[] bytes) throws ModuleRefusedException {
        if (bytes.length < 4 || bytes[0] != 0 || bytes[1] != 'a' || bytes[2] != 's' || bytes[3] != 'm') {
            throw refused(Code.NOT_WASM, "not a WebAssembly module: the magic number \\0asm is missing", 0);
        }
        if (bytes.length < 8) {
            throw refused(Code.TRUNCATED, "the module ends within its version", bytes.length);
        }
        int version = (bytes[4] & 0xff) | (bytes[5] & 0xff) << 8;
        int layer = (bytes[6] & 0xff) | (bytes[7] & 0xff) << 8;
        if (layer == 1) {
            throw refused(
                    Code.COMPONENT,
                    "a WebAssembly component, not a module: build for wasm32-wasip1 (WASI preview 1)",
                    4);
        }
        if (version != 1 || layer != 0) {
            throw refused(
                    Code.VERSION, "the version of the binary format is " + version + ", only version 1 is supported", 4);
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
                hints.custom(section);
                continue;
            }
            if (id == 8) {
                throw refused(
                        Code.UNSUPPORTED,
                        "the module has a start section: what is to run must be exported as _start",
                        place);
            }
            if (id == 13) {
                throw unsupported("exceptions", place);
            }
            int order = ORDER.indexOf(id);
            if (order < 0) {
                throw malformed("unknown section " + id, place);
            }
            if (order <= last) {
                throw malformed("section " + id + " is out of order or there twice", place);
            }
            last = order;
            section(id, section);
            if (!section.atEnd()) {
                throw malformed("section " + id + " is longer than its content", section.position());
            }
        }
    }

    private void section(int id, WasmReader in) throws ModuleRefusedException {
        switch (id) {
            case 1 -> types.types(in);
            case 2 -> links.imports(in);
            case 3 -> functions(in);
            case 4 -> table(in);
            case 5 -> memory(in);
            case 6 -> new ConstantGate(findings).globals(in);
            case 7 -> links.exports(in, functionTypes, memory);
            case 9 -> new ConstantGate(findings).elements(in);
            case 10 -> {
                codeBytes = in.remaining();
                bodies = functionTypes.length;
                new CodeGate(findings, types).check(in, functionTypes.length);
            }
            case 11 -> new ConstantGate(findings).data(in, announcedData);
            case 12 -> announcedData = in.u32("the number of data segments", ConstantGate.MAX_ENTRIES);
            default -> throw new IllegalStateException("section " + id + " is in ORDER but not handled");
        }
    }

    private ModuleProfile profile() throws ModuleRefusedException {
        if (bodies != functionTypes.length) {
            throw malformed("the module declares functions but has no code", functionsAt);
        }
        links.requireCommand();
        return new ModuleProfile(
                links.imports(),
                links.exports(),
                memory,
                tableMinimum,
                bodies,
                codeBytes,
                findings.features(),
                hints.hints(),
                findings.heap().bytes());
    }

    private void functions(WasmReader in) throws ModuleRefusedException {
        functionsAt = in.position();
        int count = in.count("the number of functions", MAX_FUNCTIONS);
        functionTypes = new int[count];
        for (int i = 0; i < count; i++) {
            functionTypes[i] = types.index(in);
        }
    }

    private void table(WasmReader in) throws ModuleRefusedException {
        int count = in.count("the number of tables", 1);
        for (int i = 0; i < count; i++) {
            TypeGate.reference(in, "a table's type");
            boolean bounded = in.u32("a table's flags", 1) == 1;
            tableMinimum = in.u32("a table's minimum size", MAX_TABLE);
            int place = in.position();
            if (bounded && in.u32("a table's maximum size") < tableMinimum) {
                throw malformed("a table's maximum size is below its minimum", place);
            }
        }
    }

    private void memory(WasmReader in) throws ModuleRefusedException {
        int place = in.position();
        long count = in.u32("the number of memories");
        if (count != 1) {
            throw above("the module has " + count + " memories, it must have one", place, 1);
        }
        place = in.position();
        long flags = in.u32("the memory's flags");
        if (flags != 0 && flags != 1) {
            throw refused(Code.UNSUPPORTED, "shared and 64-bit memories are not supported", place);
        }
        place = in.position();
        long minimum = in.u32("the memory's minimum size") * PAGE_BYTES;
        if (minimum > Limits.MAXIMUM.memoryBytes()) {
            throw above(
                    "the module starts with " + minimum + " bytes of memory, at most "
                            + Limits.MAXIMUM.memoryBytes() + " are allowed",
                    place,
                    Limits.MAXIMUM.memoryBytes());
        }
        long maximum = -1;
        if (flags == 1) {
            place = in.position();
            maximum = in.u32("the memory's maximum size", MAX_PAGES) * PAGE_BYTES;
            if (maximum < minimum) {
                throw malformed("the memory's maximum size is below its minimum", place);
            }
        }
        memory = new MemoryBounds(minimum, maximum);
    }
}
