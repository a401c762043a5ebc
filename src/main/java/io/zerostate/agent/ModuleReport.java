package io.zerostate.agent;

import java.util.List;
import java.util.Set;

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
 * @param gateVersion of the gate that let it through; 0 when that was before gates had versions
 * @param madeWith what it says of how it was made, as {@code language Rust}; its own word alone
 */
public record ModuleReport(
        List<String> imports,
        long memoryMinBytes,
        long memoryMaxBytes,
        int functions,
        int interpretedFunctions,
        long compileMs,
        List<String> warnings,
        int gateVersion,
        List<String> madeWith) {
    public ModuleReport {
        imports = List.copyOf(imports);
        warnings = List.copyOf(warnings);
        madeWith = List.copyOf(madeWith);
    }

    /** A report as it was before gates had versions. */
    public ModuleReport(
            List<String> imports,
            long memoryMinBytes,
            long memoryMaxBytes,
            int functions,
            int interpretedFunctions,
            long compileMs,
            List<String> warnings) {
        this(imports, memoryMinBytes, memoryMaxBytes, functions, interpretedFunctions, compileMs, warnings, 0, List.of());
    }

    /** What the imports let it do. */
    public Set<Permission> permissions() {
        return Permission.of(imports);
    }
}
