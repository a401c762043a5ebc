package io.zerostate.wasm.chicory;

import io.zerostate.task.Bytes;
import io.zerostate.wasm.FunctionNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Tells people which functions of a module run slowly, and why. */
final class SlowFunctions {
    /** Who has more of them looks at the first ones first. */
    private static final int MAX_NAMED = 8;

    private SlowFunctions() {}

    static List<String> warnings(ModuleCompiler.Compiled compiled, Bytes wasm) {
        List<String> warnings = new ArrayList<>();
        if (!compiled.warning().isEmpty()) {
            warnings.add(compiled.warning());
        } else if (!compiled.interpreted().isEmpty()) {
            warnings.add(list(compiled.interpreted(), wasm, " too large to compile, and interpreted, which is slow: "));
        }
        if (!compiled.slow().isEmpty()) {
            warnings.add(list(compiled.slow(), wasm, " so large that the JVM optimizes them late or never: "));
        }
        return warnings;
    }

    private static String list(Set<Integer> functions, Bytes wasm, String what) {
        List<Integer> first = new TreeSet<>(functions).stream().limit(MAX_NAMED).toList();
        Map<Integer, String> names = FunctionNames.find(wasm, Set.copyOf(first));
        List<String> named = first.stream()
                .map(function -> names.containsKey(function) ? function + " (" + names.get(function) + ")" : function.toString())
                .toList();
        int others = functions.size() - first.size();
        return functions.size() + (functions.size() == 1 ? " function is" : " functions are") + what + String.join(", ", named)
                + (others > 0 ? " and " + others + " more" : "");
    }
}
