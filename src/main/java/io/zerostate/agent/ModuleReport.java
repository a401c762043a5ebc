package io.zerostate.agent;

import java.util.List;

/**
 * What the gate and the compiler found in an accepted module.
 *
 * @param imports the host functions it uses, as {@code wasi_snapshot_preview1.fd_write}
 * @param memoryMinBytes linear memory it starts with
 * @param memoryMaxBytes what it declares as its own maximum; -1 when it declares none
 * @param functions functions defined in the module
 * @param interpretedFunctions how many of them are too large to compile
 * @param compileMs milliseconds to parse and compile it
 * @param warnings for people
 */
public record ModuleReport(
        List<String> imports,
        long memoryMinBytes,
        long memoryMaxBytes,
        int functions,
        int interpretedFunctions,
        long compileMs,
        List<String> warnings) {
    public ModuleReport {
        imports = List.copyOf(imports);
        warnings = List.copyOf(warnings);
    }
}
