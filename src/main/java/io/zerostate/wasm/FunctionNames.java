package io.zerostate.wasm;

import io.zerostate.task.Bytes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a module calls its functions, in its custom section {@code name}. Its own word alone, as that of {@link ProducerHints}: what cannot be
 * read is left out.
 *
 * @see <a href="https://webassembly.github.io/spec/core/appendix/custom.html#name-section">the name section</a>
 */
public final class FunctionNames {
    private static final int HEADER_BYTES = 8;
    private static final int CUSTOM = 0;
    private static final int FUNCTION_NAMES = 1;
    private static final int MAX_NAME_BYTES = 4_096;

    private FunctionNames() {}

    /**
     * Looks for names. Takes time in proportion to the module's size, and memory in proportion to what is wanted.
     *
     * @param wasm a module that the gate let through
     * @param wanted indexes, imports counted
     * @return printable and short; without those that have none
     */
    public static Map<Integer, String> find(Bytes wasm, Set<Integer> wanted) {
        Map<Integer, String> names = new HashMap<>();
        try {
            WasmReader in = new WasmReader(wasm.array(), HEADER_BYTES, wasm.length());
            while (!in.atEnd()) {
                int id = in.u8("a section");
                WasmReader section = in.part(in.u32("the size of a section", Integer.MAX_VALUE), "a section");
                if (id == CUSTOM && section.name("a custom section", MAX_NAME_BYTES).equals("name")) {
                    section(section, wanted, names);
                }
            }
        } catch (ModuleRefusedException unreadable) {
            // What was understood up to here stays.
        }
        return names;
    }

    private static void section(WasmReader in, Set<Integer> wanted, Map<Integer, String> names) throws ModuleRefusedException {
        while (!in.atEnd()) {
            int id = in.u8("a subsection");
            WasmReader part = in.part(in.u32("the size of a subsection", Integer.MAX_VALUE), "a subsection");
            if (id == FUNCTION_NAMES) {
                int count = part.count("the number of names", ModuleGate.MAX_FUNCTIONS);
                for (int i = 0; i < count; i++) {
                    int function = part.u32("an index", Integer.MAX_VALUE);
                    if (wanted.contains(function)) {
                        names.put(function, WasmReader.printable(part.name("a name", MAX_NAME_BYTES)));
                    } else {
                        part.skipName("a name");
                    }
                }
            }
        }
    }
}
