package io.zerostate.wasm;

import java.util.List;
import java.util.Set;

/**
 * What the gate learned of a module that passed.
 *
 * @param imports names of the functions of preview 1 that it uses, in its order
 * @param exports names of what it exports, in its order
 * @param memory of its one memory
 * @param tableMinimum entries that its table starts with, 0 when it has none
 * @param functions functions defined in the module
 * @param codeBytes size of its code section
 * @param features what it uses beyond the first version of WebAssembly
 * @param hints what it was made with, as its custom sections have it: {@code language Rust}, {@code processed-by clang 14.0.6},
 *     {@code name wc}. Printable, short and few, and nothing but the module's own word
 * @param prepareHeapBytes estimated heap that parsing and compiling it takes
 */
public record ModuleProfile(
        List<String> imports,
        List<String> exports,
        MemoryBounds memory,
        int tableMinimum,
        int functions,
        int codeBytes,
        Set<Feature> features,
        List<String> hints,
        long prepareHeapBytes) {
    public ModuleProfile {
        imports = List.copyOf(imports);
        exports = List.copyOf(exports);
        features = Set.copyOf(features);
        hints = List.copyOf(hints);
    }

    /**
     * In bytes.
     *
     * @param minimum what it starts with
     * @param maximum what it declares as its own maximum; -1 when it declares none
     */
    public record MemoryBounds(long minimum, long maximum) {}

    /** Parts of the language that came after its first version, and that the engine runs. */
    public enum Feature {
        SIGN_EXTENSION,
        SATURATING_CONVERSION,
        MULTIPLE_VALUES,
        BULK_MEMORY,
        REFERENCE_TYPES,
        EXTENDED_CONSTANTS
    }
}
