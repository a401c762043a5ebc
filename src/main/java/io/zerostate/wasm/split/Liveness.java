package io.zerostate.wasm.split;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Which locals still matter where: those that are read later before they are written. For functions whose outermost block is open. */
final class Liveness {
    /** 32 MiB. What compilers write has a few thousand blocks and a few hundred locals. */
    private static final long MAX_BITS = 1L << 28;

    private final FunctionCode code;
    private final Effort effort;
    private final Map<Block, BitSet> atTarget = new HashMap<>();
    private final Map<Block, BitSet> atElse = new HashMap<>();
    private boolean changed;

    /** Told of each instruction, from the last to the first, what is live before it. */
    private interface Visitor {
        void visit(int position, BitSet live);
    }

    /** Sweeps over the function until nothing changes: one for each level of loops, and one more, as a rule. */
    Liveness(FunctionCode code, Effort effort) {
        this.code = code;
        this.effort = effort;
        if ((long) code.blocks.size() * code.locals.size() > MAX_BITS) {
            throw new UnsplittableException("too many blocks and locals");
        }
        atTarget.put(code.whole, results());
        do {
            changed = false;
            sweep((position, live) -> {});
        } while (changed);
    }

    private BitSet results() {
        BitSet results = new BitSet();
        for (int local : code.results) {
            results.set(local);
        }
        return results;
    }

    /** How many locals are live before each instruction. */
    int[] counts() {
        int[] counts = new int[code.instructions.size()];
        sweep((position, live) -> counts[position] = live.cardinality());
        return counts;
    }

    /** The locals that are live before some instructions, or at the end. */
    Map<Integer, BitSet> at(BitSet positions) {
        Map<Integer, BitSet> found = new HashMap<>();
        found.put(code.instructions.size(), results());
        sweep((position, live) -> {
            if (positions.get(position)) {
                found.put(position, (BitSet) live.clone());
            }
        });
        return found;
    }

    private void sweep(Visitor visitor) {
        effort.look(code);
        BitSet live = results();
        for (int i = code.instructions.size() - 1; i >= 0; i--) {
            live = before(code.instructions.get(i), live);
            visitor.visit(i, live);
        }
    }

    /** May change and answer the set that it is given. */
    private BitSet before(Instruction instruction, BitSet live) {
        switch (instruction.opcode()) {
            case Opcode.LOCAL_GET -> live.set(instruction.operand());
            case Opcode.LOCAL_SET, Opcode.LOCAL_TEE -> live.clear(instruction.operand());
            case Opcode.END -> {
                if (!instruction.target().isLoop()) {
                    atTarget.put(instruction.target(), (BitSet) live.clone());
                }
            }
            case Opcode.ELSE -> {
                atElse.put(instruction.target(), live);
                return copyAt(instruction.target());
            }
            case Opcode.IF -> live.or(instruction.target().middle < 0 ? at(instruction.target()) : atElse.get(instruction.target()));
            case Opcode.LOOP -> {
                BitSet known = atTarget.put(instruction.target(), (BitSet) live.clone());
                changed |= !live.equals(known);
            }
            case Opcode.BR_IF -> live.or(at(instruction.target()));
            case Opcode.BR -> {
                return copyAt(instruction.target());
            }
            case Opcode.BR_TABLE -> {
                BitSet all = new BitSet();
                instruction.targets().stream().distinct().forEach(target -> all.or(at(target)));
                return all;
            }
            case Opcode.UNREACHABLE -> {
                return new BitSet();
            }
            default -> {}
        }
        return live;
    }

    private BitSet at(Block target) {
        // A loop is met from its end, before its start was seen for the first time.
        return atTarget.computeIfAbsent(target, key -> new BitSet());
    }

    private BitSet copyAt(Block target) {
        return (BitSet) at(target).clone();
    }
}
