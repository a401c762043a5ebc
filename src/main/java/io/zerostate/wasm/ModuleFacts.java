package io.zerostate.wasm;

import java.util.List;

/**
 * What the gate learned of a module that passed.
 *
 * @param imports names of the functions of preview 1 that it uses, in its order
 * @param memoryMinBytes linear memory it starts with
 * @param memoryMaxBytes what it declares as its own maximum; -1 when it declares none
 * @param functions functions defined in the module
 * @param codeBytes size of its code section
 * @param prepareHeapBytes estimated heap that parsing and compiling it takes
 */
public record ModuleFacts(
        List<String> imports,
        long memoryMinBytes,
        long memoryMaxBytes,
        int functions,
        int codeBytes,
        long prepareHeapBytes) {
    public ModuleFacts {
        imports = List.copyOf(imports);
    }
}
