package io.zerostate.wasm.split;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One instruction of a function.
 *
 * @param operand of those that name a local, a function or the like: its index; of {@code i32.const}: its value
 * @param targets of those that open or close a block: that block; of branches: where they go
 * @param source where its bytes are, when it can be carried over as it is; null for the others
 */
record Instruction(int opcode, int operand, List<Block> targets, ModuleSource.@Nullable Body source) {

    static Instruction local(int opcode, int local) {
        return new Instruction(opcode, local, List.of(), null);
    }

    static Instruction on(int opcode, Block block) {
        return new Instruction(opcode, 0, List.of(block), null);
    }

    static Instruction simple(int opcode) {
        return new Instruction(opcode, 0, List.of(), null);
    }

    Block target() {
        return targets.getFirst();
    }

    boolean isLocal() {
        return opcode >= Opcode.LOCAL_GET && opcode <= Opcode.LOCAL_TEE;
    }

    boolean writesLocal() {
        return opcode == Opcode.LOCAL_SET || opcode == Opcode.LOCAL_TEE;
    }

    boolean isBranch() {
        return opcode >= Opcode.BR && opcode <= Opcode.BR_TABLE;
    }
}
