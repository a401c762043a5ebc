package io.zerostate.wasm.split;

import java.util.List;

/** Lets what is on the operand stack where a function is cut pass the cut in locals. */
final class StackSpiller {
    private StackSpiller() {}

    /**
     * @param cuts first instructions of all pieces but the first, and the function's end
     * @param spilledCuts takes the same of what is answered
     */
    static FunctionCode spill(FunctionCode code, List<Integer> cuts, List<Integer> spilledCuts) {
        FunctionCode spilled = new FunctionCode(code.type, code.whole);
        spilled.locals.addAll(code.locals);
        spilled.results = code.results;
        int next = 0;
        for (int i = 0; i < code.instructions.size(); i++) {
            Operands operands = code.operands(i);
            if (operands != null && cuts.get(next) == i) {
                next++;
                int[] locals = spilled.freshLocals(operands.types());
                spilled.addSets(locals);
                spilledCuts.add(spilled.instructions.size());
                spilled.addGets(locals);
            }
            spilled.add(code.instructions.get(i), operands);
        }
        spilledCuts.add(spilled.instructions.size());
        spilled.whole.end = spilled.instructions.size();
        return spilled;
    }
}
