package io.zerostate.wasm.chicory;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.CodeSection;
import com.dylibso.chicory.wasm.types.ExternalType;
import io.zerostate.task.Bytes;
import io.zerostate.wasm.ModuleRefusedException;
import io.zerostate.wasm.split.FunctionSplitter;
import io.zerostate.wasm.split.SplitModule;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A module whose large functions were cut into pieces, for the compiler alone: its functions are those of the original, by the same indexes,
 * and the pieces behind them.
 *
 * @param cut indexes of functions that were cut and of all pieces, imports counted as in the other
 * @param whole indexes of functions that are too large and could not be cut, imports counted
 */
record SplitFunctions(WasmModule module, Set<Integer> cut, Set<Integer> whole) {
    private static final Logger LOG = LoggerFactory.getLogger(SplitFunctions.class);

    /** The module as it is. */
    static SplitFunctions none(WasmModule module) {
        return new SplitFunctions(module, Set.of(), Set.of());
    }

    /** The module as it was, all that is too large in one piece. */
    SplitFunctions uncut(WasmModule original) {
        Set<Integer> large = new HashSet<>(whole);
        cut.stream().filter(function -> function < functions(original)).forEach(large::add);
        return new SplitFunctions(original, Set.of(), large);
    }

    /** Cuts what is too large. Never fails: what could not be cut stays as it is. */
    static SplitFunctions of(WasmModule module, Bytes wasm, FunctionSplitter splitter) {
        try {
            SplitModule split = splitter.split(wasm.array());
            if (split.functions().isEmpty()) {
                return new SplitFunctions(module, Set.of(), split.whole());
            }
            WasmModule merged = merged(module, split);
            Set<Integer> cut = new HashSet<>(split.functions());
            IntStream.range(functions(module), functions(merged)).forEach(cut::add);
            return new SplitFunctions(merged, cut, split.whole());
        } catch (ModuleRefusedException | RuntimeException e) {
            LOG.warn("the functions of a module were not split", e);
            return none(module);
        }
    }

    private static int functions(WasmModule module) {
        return module.importSection().count(ExternalType.FUNCTION) + module.functionSection().functionCount();
    }

    private static WasmModule merged(WasmModule module, SplitModule split) throws ModuleRefusedException {
        // Here the pieces are type-checked, as every function was.
        WasmModule skeleton = ModuleParser.parse(Bytes.of(split.skeleton()));
        WasmModule.Builder merged = WasmModule.builder()
                .withValidation(false)
                // Without one the compiler keeps nothing of what it makes.
                .withDigest(module.digest())
                .setTypeSection(skeleton.typeSection())
                .setImportSection(module.importSection())
                .setFunctionSection(skeleton.functionSection())
                .setTableSection(module.tableSection())
                .setGlobalSection(module.globalSection())
                .setExportSection(module.exportSection())
                .setElementSection(module.elementSection())
                .setCodeSection(code(module, skeleton, split.functions()))
                .setDataSection(module.dataSection());
        module.memorySection().ifPresent(merged::setMemorySection);
        module.dataCountSection().ifPresent(merged::setDataCountSection);
        return merged.build();
    }

    private static CodeSection code(WasmModule module, WasmModule skeleton, Set<Integer> split) {
        CodeSection.Builder code = CodeSection.builder();
        int imported = module.importSection().count(ExternalType.FUNCTION);
        int functions = module.codeSection().functionBodyCount();
        for (int i = 0; i < skeleton.codeSection().functionBodyCount(); i++) {
            boolean stays = i < functions && !split.contains(imported + i);
            code.addFunctionBody((stays ? module : skeleton).codeSection().getFunctionBody(i));
        }
        return code.build();
    }
}
