package io.zerostate.wasm.split;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function as a list of instructions whose labels are resolved and of which each can be reached, as far as structure tells. Returns are
 * branches to the outermost block.
 */
final class FunctionCode {
    final Shape type;
    /** The outermost block. */
    final Block whole;
    /** Types of parameters and locals. */
    final List<Byte> locals = new ArrayList<>();
    final List<Instruction> instructions = new ArrayList<>();
    /** The locals that hold its results at its end, once the outermost block is open. */
    int[] results = {};
    /** All but the outermost, in the order in which they start. */
    final List<Block> blocks = new ArrayList<>();
    /** Before each instruction: what is on the operand stack of its block. Null where there must be no cut. */
    private final List<@Nullable Operands> operands = new ArrayList<>();
    private long steps;

    FunctionCode(Shape type, Block whole) {
        this.type = type;
        this.whole = whole;
    }

    /** Instructions, and the targets of branches. */
    long steps() {
        return steps;
    }

    int freshLocal(byte localType) {
        locals.add(localType);
        return locals.size() - 1;
    }

    /** See the field: null where there must be no cut before this instruction. */
    @Nullable Operands operands(int position) {
        return operands.get(position);
    }

    /** Adds an instruction and tells the block that starts or ends there. */
    void add(Instruction instruction, @Nullable Operands before) {
        int position = instructions.size();
        switch (instruction.opcode()) {
            case Opcode.BLOCK, Opcode.LOOP, Opcode.IF -> {
                instruction.target().start = position;
                blocks.add(instruction.target());
            }
            case Opcode.ELSE -> instruction.target().middle = position;
            case Opcode.END -> instruction.target().end = position;
            default -> {}
        }
        instructions.add(instruction);
        operands.add(before);
        steps += 1 + instruction.targets().size();
    }

    /** Adds instructions that take values from the operand stack, the last of these locals the one on its top. */
    void addSets(int... targets) {
        for (int i = targets.length - 1; i >= 0; i--) {
            add(Instruction.local(Opcode.LOCAL_SET, targets[i]), null);
        }
    }

    void addGets(int... sources) {
        for (int local : sources) {
            add(Instruction.local(Opcode.LOCAL_GET, local), null);
        }
    }

    int[] freshLocals(byte[] types) {
        int[] fresh = new int[types.length];
        for (int i = 0; i < types.length; i++) {
            fresh[i] = freshLocal(types[i]);
        }
        return fresh;
    }

    /** Whether control gets to the end of what was added so far. */
    boolean fallsThrough() {
        return instructions.isEmpty() || !Opcode.isFinal(instructions.getLast().opcode());
    }
}
