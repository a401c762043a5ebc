package io.zerostate.wasm;

import java.util.ArrayList;
import java.util.List;

/**
 * What the custom sections {@code producers} and {@code name} tell of how a module was made. Nobody vouches for them: what cannot be
 * read is no reason to refuse anything.
 *
 * @see <a href="https://github.com/WebAssembly/tool-conventions/blob/main/ProducersSection.md">the producers section</a>
 */
final class ProducerHints {
    private static final int MAX_HINTS = 16;
    private static final int MAX_NAME_BYTES = 64;
    private static final int MODULE_NAME = 0;

    private final List<String> hints = new ArrayList<>();

    List<String> hints() {
        return hints;
    }

    void custom(WasmReader in) {
        try {
            switch (shortName(in)) {
                case "producers" -> producers(in);
                case "name" -> moduleName(in);
                default -> {}
            }
        } catch (ModuleRefusedException unreadable) {
            // What was understood up to here stays.
        }
    }

    private void producers(WasmReader in) throws ModuleRefusedException {
        int fields = in.count("the number of fields", MAX_HINTS);
        for (int i = 0; i < fields; i++) {
            String field = shortName(in);
            int values = in.count("the number of values", MAX_HINTS);
            for (int j = 0; j < values; j++) {
                add(field + " " + shortName(in) + " " + shortName(in));
            }
        }
    }

    private void moduleName(WasmReader in) throws ModuleRefusedException {
        if (!in.atEnd() && in.u8("a subsection") == MODULE_NAME) {
            in.count("the size of a subsection", Integer.MAX_VALUE);
            add("name " + shortName(in));
        }
    }

    private void add(String hint) {
        if (hints.size() < MAX_HINTS) {
            hints.add(WasmReader.printable(hint).trim());
        }
    }

    private static String shortName(WasmReader in) throws ModuleRefusedException {
        return in.name("a custom section", MAX_NAME_BYTES);
    }
}
