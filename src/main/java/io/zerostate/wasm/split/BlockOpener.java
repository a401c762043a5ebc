package io.zerostate.wasm.split;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rewrites the blocks in which cuts may be made so that nothing passes their borders on the operand stack: parameters, results, and what
 * lay on the stack below, go through locals made for them.
 */
final class BlockOpener {
    /** As many as an original may have. What compilers write has a value or none at the border of a block. */
    private static final long MAX_ADDED = 150_000;

    private final FunctionCode from;
    private final FunctionCode to;
    private final Map<Block, Passage> passages = new HashMap<>();
    private int condition = -1;

    /** The locals through which the values of a block pass. */
    private record Passage(int[] below, int[] params, int[] results) {
        int[] branch(Block block) {
            return block.isLoop() ? params : results;
        }
    }

    private BlockOpener(FunctionCode from) {
        this.from = from;
        this.to = new FunctionCode(from.type, from.whole);
        to.locals.addAll(from.locals);
    }

    /**
     * Opens the outermost block, and others.
     *
     * @param sizes before each instruction, and at the end: the size of all that comes before
     * @param above the size of what is kept in one piece at most
     * @throws UnsplittableException when too many values pass the borders of its blocks
     */
    static FunctionCode open(FunctionCode code, long[] sizes, long above) {
        code.whole.open = true;
        for (Block block : code.blocks) {
            block.open = sizes[block.end + 1] - sizes[block.start] > above;
        }
        openWithOthers(code);
        if (added(code) > MAX_ADDED) {
            throw new UnsplittableException("too many values pass the borders of its blocks");
        }
        BlockOpener opener = new BlockOpener(code);
        opener.rewrite();
        return opener.to;
    }

    /** A branch table takes the same values to all of its targets, so that all are opened or none. */
    private static void openWithOthers(FunctionCode code) {
        List<Instruction> tables = code.instructions.stream()
                .filter(instruction -> instruction.opcode() == Opcode.BR_TABLE && instruction.target().branchTypes().length > 0)
                .toList();
        boolean changed = !tables.isEmpty();
        while (changed) {
            changed = false;
            for (Instruction table : tables) {
                boolean open = table.targets().stream().anyMatch(target -> target.open);
                if (open && !table.targets().stream().allMatch(target -> target.open)) {
                    table.targets().forEach(target -> target.open = true);
                    changed = true;
                }
            }
        }
    }

    /** Instructions that come on top, at most; there are not more new locals. */
    private static long added(FunctionCode code) {
        long added = 0;
        for (Instruction instruction : code.instructions) {
            boolean opened = !instruction.targets().isEmpty() && instruction.target().open;
            if (opened && instruction.isBranch()) {
                added += 2L * instruction.targets().size() * instruction.target().branchTypes().length;
            } else if (opened) {
                Block block = instruction.target();
                added += 2L * (block.below.height() + block.declared.params().length + block.declared.results().length);
            }
        }
        return added;
    }

    private void rewrite() {
        to.results = passage(from.whole).results();
        for (int i = 0; i < from.instructions.size(); i++) {
            Instruction instruction = from.instructions.get(i);
            switch (instruction.opcode()) {
                case Opcode.BLOCK, Opcode.LOOP, Opcode.IF, Opcode.ELSE, Opcode.END -> border(instruction, i);
                case Opcode.BR, Opcode.BR_IF, Opcode.BR_TABLE -> branch(instruction, i);
                default -> copy(instruction, i);
            }
        }
        if (to.fallsThrough()) {
            to.addSets(to.results);
        }
        to.whole.end = to.instructions.size();
    }

    private void copy(Instruction instruction, int position) {
        to.add(instruction, from.operands(position));
    }

    private void border(Instruction instruction, int position) {
        Block block = instruction.target();
        if (!block.open) {
            copy(instruction, position);
            return;
        }
        Passage passage = passage(block);
        switch (instruction.opcode()) {
            case Opcode.ELSE -> {
                leave(passage);
                to.add(instruction, Operands.EMPTY);
                to.addGets(passage.params());
            }
            case Opcode.END -> {
                leave(passage);
                to.add(instruction, Operands.EMPTY);
                to.addGets(passage.below());
                to.addGets(passage.results());
            }
            default -> enter(instruction, passage);
        }
    }

    private void enter(Instruction instruction, Passage passage) {
        boolean isIf = instruction.opcode() == Opcode.IF;
        boolean passes = passage.params().length + passage.below().length > 0;
        if (isIf && passage.params().length > 0 && instruction.target().middle < 0) {
            throw new UnsplittableException("an if without else passes values on");
        }
        if (isIf && passes) {
            to.addSets(condition());
        }
        to.addSets(passage.params());
        to.addSets(passage.below());
        if (isIf && passes) {
            to.addGets(condition());
        }
        to.add(instruction, isIf ? null : Operands.EMPTY);
        to.addGets(passage.params());
    }

    private void leave(Passage passage) {
        if (to.fallsThrough()) {
            to.addSets(passage.results());
        }
    }

    private void branch(Instruction instruction, int position) {
        Block first = instruction.target();
        if (!first.open || first.branchTypes().length == 0) {
            copy(instruction, position);
            return;
        }
        boolean conditional = instruction.opcode() != Opcode.BR;
        if (conditional) {
            to.addSets(condition());
        }
        int[] values = passage(first).branch(first);
        to.addSets(values);
        Set<Block> others = new LinkedHashSet<>(instruction.targets());
        others.remove(first);
        for (Block other : others) {
            to.addGets(values);
            to.addSets(passage(other).branch(other));
        }
        if (instruction.opcode() == Opcode.BR_IF) {
            to.addGets(values);
        }
        if (conditional) {
            to.addGets(condition());
        }
        to.add(instruction, null);
    }

    private Passage passage(Block block) {
        return passages.computeIfAbsent(block, key ->
                new Passage(to.freshLocals(key.below.types()), to.freshLocals(key.declared.params()), to.freshLocals(key.declared.results())));
    }

    /** Holds the condition or index of a branch while the values below it are set aside. */
    private int condition() {
        if (condition < 0) {
            condition = to.freshLocal(StackEffect.I32);
        }
        return condition;
    }
}
