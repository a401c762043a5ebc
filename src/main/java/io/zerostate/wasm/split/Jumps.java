package io.zerostate.wasm.split;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Where control goes, between instructions of a function that is cut. Only blocks that lie within one piece keep their structure; all
 * others are left to jumps from place to place.
 */
final class Jumps {
    private final FunctionCode code;
    private final int[] pieceOf;
    private final Map<Block, Integer> tables = new HashMap<>();

    /** @param bounds first instructions of all pieces, and the function's end */
    Jumps(FunctionCode code, List<Integer> bounds) {
        this.code = code;
        this.pieceOf = new int[code.instructions.size()];
        for (int piece = 0; piece + 1 < bounds.size(); piece++) {
            for (int i = bounds.get(piece); i < bounds.get(piece + 1); i++) {
                pieceOf[i] = piece;
            }
        }
    }

    /** Whether a block has its start in one piece and its end in another. */
    boolean crosses(Block block) {
        return block == code.whole || pieceOf[block.start] != pieceOf[block.end];
    }

    /** Tells the places to which an instruction may jump because a block crosses; those of the same piece are among them. */
    void from(int position, IntConsumer place) {
        Instruction instruction = code.instructions.get(position);
        switch (instruction.opcode()) {
            case Opcode.BR, Opcode.BR_IF -> {
                if (crosses(instruction.target())) {
                    place.accept(target(position));
                }
            }
            case Opcode.BR_TABLE -> {
                for (Block target : instruction.targets()) {
                    if (crosses(target)) {
                        place.accept(target.target());
                    }
                }
            }
            case Opcode.IF -> {
                if (crosses(instruction.target())) {
                    place.accept(instruction.target().otherwise());
                }
            }
            case Opcode.ELSE -> {
                if (crosses(instruction.target())) {
                    place.accept(instruction.target().target());
                }
            }
            default -> {}
        }
    }

    /**
     * Where a branch to a block that crosses goes on. A jump in a Go program sets a local to the number of a block of code and goes back to
     * a {@code br_table} on that local at the start of a loop: such a jump goes directly to where the table leads.
     */
    int target(int position) {
        Block block = code.instructions.get(position).target();
        if (!block.isLoop() || position < 2) {
            return block.target();
        }
        Instruction number = code.instructions.get(position - 2);
        Instruction set = code.instructions.get(position - 1);
        int table = tables.computeIfAbsent(block, this::tableAtStart);
        if (number.opcode() != Opcode.I32_CONST || set.opcode() != Opcode.LOCAL_SET || table < 0
                || code.instructions.get(table - 1).operand() != set.operand()) {
            return block.target();
        }
        List<Block> targets = code.instructions.get(table).targets();
        int index = Math.min(Integer.compareUnsigned(number.operand(), targets.size()) < 0 ? number.operand() : targets.size(), targets.size() - 1);
        return crosses(targets.get(index)) ? targets.get(index).target() : block.target();
    }

    /** The branch table to which a loop comes after nothing but reading the local it depends on; -1 when there is none. */
    private int tableAtStart(Block loop) {
        int position = loop.start + 1;
        while (code.instructions.get(position).opcode() == Opcode.BLOCK) {
            position++;
        }
        boolean found = code.instructions.get(position).opcode() == Opcode.LOCAL_GET
                && code.instructions.get(position + 1).opcode() == Opcode.BR_TABLE;
        return found ? position + 1 : -1;
    }
}
